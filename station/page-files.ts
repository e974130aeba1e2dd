import { realpath, stat } from "node:fs/promises";
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

/**
 * Sent with everything. The page may load and ask only its own origin, be framed by nobody, and use camera and
 * microphone; inline script and style are refused. `sockets`: where its WebSocket may go, as `ws://host:port`.
 */
export function pageHeaders(sockets?: string): Readonly<Record<string, string>> {
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "media-src 'self' blob:",
      // Named beside 'self', which does not cover ws: in every engine.
      `connect-src 'self'${sockets === undefined ? "" : ` ${sockets}`}`,
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

export interface PageFile {
  readonly path: string;
  readonly size: number;
  /** Its name carries a hash of its content: it never changes. */
  readonly hashed: boolean;
  readonly type: string;
}

/**
 * The file of the built pages behind the path of an address (`/`: the kiosk page), if it is a plain file whose real place
 * lies under the real root. Never rejects.
 */
export async function pageFile(root: string, address: string): Promise<PageFile | undefined> {
  try {
    const asked = decodeURIComponent(address.split(/[?#]/, 1)[0] ?? "/");
    if (asked.includes("\0") || asked.includes("\\")) return undefined;
    const top = await realpath(root);
    const path = await realpath(join(top, asked === "/" ? "kiosk/index.html" : asked));
    const file = await stat(path);
    if (!path.startsWith(top + sep) || !file.isFile()) return undefined;
    return {
      path,
      size: file.size,
      hashed: path.startsWith(join(top, "assets") + sep),
      type: types[extname(path)] ?? "application/octet-stream",
    };
  } catch {
    // Not there, not readable, not decodable: all the same to whoever asks.
    return undefined;
  }
}
