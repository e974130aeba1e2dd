/**
 * Words of the technician's place. Loaded with it (technician.ts), not with the kiosk. Keys `tech.finding.*` and
 * `tech.fault.*` belong to the device doctor, `quality.*` to the rules of quality.
 */
export const technician = {
  "tech.title": "设备技术员",
} as const;
