/** What a doctor in a call asks for; light, for a page's first screen needs it. */

/** What may be started by a yes that was said: nothing that needs hands, a needle or a keyboard. */
export const voiceKinds = ["bloodPressure", "oximetry", "temperature"] as const;
export type VoiceKind = (typeof voiceKinds)[number];
export const isVoiceKind = (of: string): of is VoiceKind => voiceKinds.some((one) => one === of);

/** How long the station warns before it starts by that, milliseconds; one touch stops it. */
export const voiceWarningMs = 8_000;

const asks = ["askMeasure", "askStop", "askAnswer", "askSaid"] as const;
/** A signal about a doctor's wish. */
export const isAsk = <S extends { readonly kind: string }>(
  body: S,
): body is Extract<S, { readonly kind: (typeof asks)[number] }> => asks.some((one) => one === body.kind);
