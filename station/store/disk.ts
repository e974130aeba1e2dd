import { statfsSync } from "node:fs";

/** Kept free for finishing what has begun: below it no new measurement starts. */
export const reserveBytes = 64 * 1024 * 1024;

/** Bytes a program without special rights can still write where `folder` lies. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
