import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
  ".webm": "video/webm",
  ".mp4": "video/mp4",
};

/** The one style text that the component library writes into the page by itself (react-aria 1.22, usePress). */
const libraryStyle = `@layer {
  [data-react-aria-pressable] {
    touch-action: pan-x pan-y pinch-zoom;
  }
}`;
const libraryStyleHash = `'sha256-${createHash("sha256").update(libraryStyle).digest("base64")}'`;

/**
 * Sent with everything. The page may load and ask only its own origin, be framed by nobody, and use camera and
 * microphone; inline script is refused.
 */
export function pageHeaders(host: string): OutgoingHttpHeaders {
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' ${libraryStyleHash}`,
      "img-src 'self' data:",
      "font-src 'self'",
      "media-src 'self' blob:",
      // Named beside 'self', which does not cover ws: in every engine.
      `connect-src 'self' ws://${host}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "permissions-policy": "camera=(self), microphone=(self), geolocation=(), usb=(), serial=(), display-capture=()",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
  };
}

/** Files of `root` and nothing else, by GET and HEAD. `/` is the kiosk page. Never rejects. */
export async function sendFile(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
): Promise<void> {
  const headers = pageHeaders(host);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { ...headers, allow: "GET, HEAD" }).end();
    return;
  }
  const found = await fileFor(root, request.url ?? "/");
  if (found === undefined) {
    response.writeHead(404, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": types[extname(found.path)] ?? "application/octet-stream",
    "content-length": found.size,
    // Names under assets/ carry a hash of their content.
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

interface Found {
  readonly path: string;
  readonly size: number;
  readonly hashed: boolean;
}

/** The file behind an address, if it is a plain file whose real place lies under the real root. */
async function fileFor(root: string, address: string): Promise<Found | undefined> {
  try {
    const asked = decodeURIComponent(address.split(/[?#]/, 1)[0] ?? "/");
    if (asked.includes("\0") || asked.includes("\\")) return undefined;
    const top = await realpath(root);
    const path = await realpath(join(top, asked === "/" ? "kiosk/index.html" : asked));
    const file = await stat(path);
    if (!path.startsWith(top + sep) || !file.isFile()) return undefined;
    return { path, size: file.size, hashed: path.startsWith(join(top, "assets") + sep) };
  } catch {
    // Not there, not readable, not decodable: all the same to whoever asks.
    return undefined;
  }
}
