import type { MessageKey } from "../../../core/i18n/message.ts";
import type { AskId } from "../../../core/machine/steps.ts";
import type { PictureName } from "../../parts/picture.tsx";

/** One of the two answers: a picture, plain or struck through, and its words. */
export interface PicturedAnswer {
  readonly picture: PictureName;
  readonly struck?: true;
  readonly words: MessageKey;
}

/** A question with yes and no. `yes` is always what the answer's name says; the picture shows the same. */
export interface Question {
  readonly title: MessageKey;
  /** Said and shown below the title. */
  readonly more?: MessageKey;
  readonly yes: PicturedAnswer;
  readonly no: PicturedAnswer;
}

export const questions: Readonly<Record<AskId, Question>> = {
  prepared: {
    title: "prep.common",
    yes: { picture: "prepared", struck: true, words: "kiosk.ask.prepared.yes" },
    no: { picture: "prepared", words: "kiosk.ask.prepared.no" },
  },
  posture: {
    title: "kiosk.ask.posture",
    more: "prep.posture",
    yes: { picture: "sit", words: "kiosk.ask.posture.yes" },
    no: { picture: "sitWrong", struck: true, words: "kiosk.ask.posture.no" },
  },
  medicineToday: {
    title: "kiosk.ask.medicineToday",
    yes: { picture: "medicineTaken", words: "kiosk.ask.medicineToday.yes" },
    no: { picture: "medicineNone", words: "kiosk.ask.medicineToday.no" },
  },
  smoker: {
    title: "kiosk.ask.smoker",
    yes: { picture: "smoke", words: "kiosk.ask.smoker.yes" },
    no: { picture: "smoke", struck: true, words: "kiosk.ask.smoker.no" },
  },
  sleptBadly: {
    title: "kiosk.ask.sleptBadly",
    yes: { picture: "sleep", struck: true, words: "kiosk.ask.sleptBadly.yes" },
    no: { picture: "sleep", words: "kiosk.ask.sleptBadly.no" },
  },
  lancetNew: {
    title: "kiosk.ask.lancetNew",
    more: "prep.lancet",
    yes: { picture: "lancet", words: "kiosk.ask.lancetNew.yes" },
    no: { picture: "lancet", struck: true, words: "kiosk.ask.lancetNew.no" },
  },
  cleaned: {
    title: "kiosk.ask.cleaned",
    yes: { picture: "cleaned", words: "kiosk.ask.cleaned.yes" },
    no: { picture: "cleaned", struck: true, words: "kiosk.ask.cleaned.no" },
  },
  sharps: {
    title: "kiosk.ask.sharps",
    more: "prep.sharps",
    yes: { picture: "sharps", words: "kiosk.ask.sharps.yes" },
    no: { picture: "sharps", struck: true, words: "kiosk.ask.sharps.no" },
  },
};
