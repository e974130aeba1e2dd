/** The kit's one door: what a device is (schema), what it says (decode), what is said to it (session), what it would say (simulate). */
export { checkProfile, canForm, type Checked, type Problem } from "./validate.ts";
export { defineProfile } from "./define.ts";
export { decoder, type Decoder, type DecoderOptions, type Heard } from "./decoder.ts";
export type { Effect, JobFrame, Session, SessionOptions } from "./effects.ts";
export {
  allSessions,
  conversationOf,
  measuringSessions,
  parametersOf,
  stopsOf,
  tasksOf,
  type TaskName,
} from "./conversation.ts";
export { encode } from "./envelopes.ts";
export { gb18030Bytes } from "./gb18030.ts";
export { fromHex, toHex } from "./hex.ts";
export { wallMs, deviceTimeOf } from "./device-time.ts";
export type { Conversation, Field, Frame, Frames, Phase, Profile } from "./schema.ts";
export type { Measured, Value, Values } from "./value.ts";
export { isPrivate, kindsOf, mayNamePersons, rulesOf } from "./rules.ts";
export { createSession } from "./session.ts";
export { choicesOf, withSettings, type Chosen } from "./settings.ts";
export {
  commonFaults,
  createSimulator,
  faultsOf,
  type Simulator,
  type SimulatorOptions,
  type Timed,
} from "./simulator.ts";
