/**
 * The station's physical keys, as the keyboard they are wired to gives them. `again`: the next thing to press, spoken.
 * `yes`: presses it.
 */
export const keys = { F10: "again", F9: "yes", F8: "stop", F7: "louder", F6: "help" } as const satisfies Readonly<
  Record<string, string>
>;
export type StationKey = (typeof keys)[keyof typeof keys];

export const stationKey = (code: string): StationKey | undefined =>
  Object.hasOwn(keys, code) ? keys[code as keyof typeof keys] : undefined;
