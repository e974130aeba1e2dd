import type { loop as zh } from "./loop.zh-CN.ts";

/** Words of care. Same keys and placeholders as loop.zh-CN.ts. */
export const loop = {
  "loop.say.followUpSoon": "Your follow-up is due on {day}. Come to the station, or wait for the doctor's call.",
  "loop.say.followUpToday": "Your follow-up is due today. Please measure; the doctor will look at it.",
  "loop.say.followUpMissed": "The last follow-up did not take place. Please measure today.",
  "loop.say.referralSent": "We have asked {department} to see you. Please wait for the answer.",
  "loop.say.referralAccepted": "{department} expects you on {day}. Bring your identity card and insurance card.",
  "loop.say.referralRejected": "They cannot take you this time. The doctor is finding another place.",
  "loop.say.comeBackHome": "You are home from hospital. The doctor will see you within seven days.",
  "loop.say.prescriptionReady": "Your prescription has been checked. You can fetch the medicine today.",
  "loop.say.prescriptionReturned": "The doctor has to change the prescription. Please wait a little.",
  "loop.say.prescriptionEnded": "The prescription is no longer valid. If you need medicine, please see the doctor.",
  "loop.say.planNew": "The doctor made a new health plan for you. Please have a look.",
  "loop.say.planOver": "Your health plan has come to its end. Ask the doctor how to go on.",
  "loop.say.keepMeasuring": "Go on measuring at home and write the numbers down.",
  "loop.say.takeAsTold": "Take the medicine as the doctor said. Do not take more or less.",
  "loop.say.recordsJoined": "There were two records that both seem to be yours; they are now read together.",
  "loop.say.joinedByCode": "Because both showed the same code.",
  "loop.say.joinedByPerson": "Because name, sex and year of birth are the same in both.",
  "loop.say.recordsParted": "Two records that were read together are apart again. Your results are all there.",
  "loop.say.recordOpened":
    "Because of your call for help, a doctor opened your health record. This is written down and will be reviewed.",
  "loop.say.contractActive": "The family doctor you chose has said yes. You may change or leave at any time.",
  "loop.say.contractDeclined": "The doctor you chose cannot take you now. Open My family doctor and choose another.",
  "loop.say.contractExpired": "The year with your family doctor is over. To go on, please choose again.",
  "loop.say.contractDue":
    "Your contract with the family doctor ends on {day}. To go on, open My family doctor and sign again yourself.",
  "loop.say.doctorCalls": "The doctor will telephone you. Please mind your phone.",
  "loop.say.bookedPhone": "Booked: {day}, the doctor will telephone you.",
  "loop.say.bookedStation": "Booked: {day}, please come to the station.",
  "loop.say.bookedHome": "Booked: {day}, the doctor will come to your home.",
  "loop.say.inMorning": "It is in the morning.",
  "loop.say.inAfternoon": "It is in the afternoon.",
  "loop.say.wishGranted": "The doctor knows what you asked for and will see to it.",
  "loop.say.wishDeclined": "What you asked for cannot be done this time. Please come to the station and ask.",
  "loop.say.medicineEnds": "Your medicine lasts until {day}. It is nearly used up: please see the doctor soon.",

  "loop.worse.emergency":
    "If you suddenly cannot speak, one side is weak, your chest hurts or you cannot breathe, call 120 at once.",
  "loop.worse.chest": "If your chest hurts for more than ten minutes and you sweat, sit still and call 120 at once.",
  "loop.worse.stroke":
    "If the mouth droops, an arm will not rise or speech is unclear, note the time and call 120 at once.",
  "loop.worse.breath": "If you are too short of breath to lie flat, sit up and call 120 at once.",
  "loop.worse.pressureHigh":
    "If your pressure is 180 or 110 or more, rest five minutes and measure again. If it stays high, telephone us.",
  "loop.worse.sugarLow":
    "If your heart races, you sweat or your hands shake, take sugar or a sweet drink at once and test after fifteen minutes.",
  "loop.worse.sugarHigh": "If you are very thirsty, pass much water or feel sick, go to the health center at once.",
  "loop.worse.allergy": "If you get a rash, a swollen face or cannot breathe, stop the medicine and call 120 at once.",
  "loop.worse.callUs": "If it does not get better or gets worse, do not wait: telephone us or come to the station.",
} as const satisfies Record<keyof typeof zh, string>;
