/** What a person may look at besides measuring, in the order of the board. A page is a line here and one in the kiosk's table. */
export const ownPages = ["record", "learn", "family", "consents", "appointment"] as const;
export type OwnPage = (typeof ownPages)[number];
