/**
 * What a person may look at besides measuring, in the order of the boards: what is one's own, and what can be done for one. A page is
 * a line here and one in the kiosk's table; a board holds nine at the most.
 */
export const ownPages = ["record", "doctor", "medicines", "appointment", "family", "consents"] as const;
export const servicePages = ["packages", "guidance", "registration", "hospital", "learn"] as const;
export type OwnPage = (typeof ownPages)[number] | (typeof servicePages)[number];
