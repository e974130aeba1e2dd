import { readFile } from "node:fs/promises";
import { pageFile, pageHeaders } from "../station/page-files.ts";
import { isVoice, voiceFile } from "../station/voice/voice-file.ts";
import { isPage } from "./hand-over.ts";

/** Answers the page's own scheme from the built files, and clips from the folders of `voice`. Never rejects. */
export async function pageResponse(
  root: string,
  voice: readonly string[],
  request: { readonly url: string; readonly method: string },
): Promise<Response> {
  const headers = pageHeaders();
  if (!isPage(request.url)) return new Response(null, { status: 403, headers });
  if (request.method !== "GET") return new Response(null, { status: 405, headers });
  // The path as written: `URL` would resolve dots before anybody looked at them.
  const path = request.url.slice(request.url.indexOf("/", "app://".length));
  const found = await (isVoice(path) ? voiceFile(voice, path) : pageFile(root, path.startsWith("/") ? path : "/"));
  if (found === undefined) return new Response(null, { status: 404, headers });
  return new Response(new Uint8Array(await readFile(found.path)), {
    headers: { ...headers, "content-type": found.type },
  });
}
