/** Staff that a simulated station brings along, so that it can be tried. Their PINs are shown on the page; in earnest they are nobody. */
export const specimenStaff = [
  {
    staff: "018f0000-0000-7000-8000-0000000000b1",
    name: "演示村医",
    role: "operator",
    certifiedUntil: "2099-12-31",
    specimen: true,
    pin: "280913",
  },
  {
    staff: "018f0000-0000-7000-8000-0000000000b2",
    name: "演示技术员",
    role: "technician",
    certifiedUntil: "2099-12-31",
    specimen: true,
    pin: "640275",
  },
] as const;
