import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pageFile, pageHeaders } from "../page-files.ts";
import { isVoice, voiceFile } from "../voice/voice-file.ts";

/**
 * Files of `root`, and clips of the folders of `voice`, and nothing else, by GET and HEAD. `/` is the kiosk page. Never
 * rejects.
 */
export async function sendFile(
  root: string,
  voice: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
): Promise<void> {
  const headers = pageHeaders(`ws://${host}`);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { ...headers, allow: "GET, HEAD" }).end();
    return;
  }
  const path = request.url ?? "/";
  const found = await (isVoice(path) ? voiceFile(voice, path) : pageFile(root, path));
  if (found === undefined) {
    response.writeHead(404, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": found.type,
    "content-length": found.size,
    ...(found.hashed ? { "cache-control": "max-age=31536000, immutable" } : {}),
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  createReadStream(found.path)
    .on("error", () => response.destroy())
    .pipe(response);
}
