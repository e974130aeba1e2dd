/** The pictures a person may take as a sign of one's own. The names are kept in records: never reuse one for another picture. */
export const signs = ["sun", "moon", "fish", "flower", "tree", "apple", "house", "boat", "lantern"] as const;
export type Sign = (typeof signs)[number];

export const signPictures = {
  sun: "signSun",
  moon: "signMoon",
  fish: "signFish",
  flower: "signFlower",
  tree: "signTree",
  apple: "signApple",
  house: "signHouse",
  boat: "signBoat",
  lantern: "signLantern",
} as const satisfies Record<Sign, string>;

/** Undefined for a sign of a newer page. */
export const knownSign = (sign: string | undefined): Sign | undefined => signs.find((one) => one === sign);
