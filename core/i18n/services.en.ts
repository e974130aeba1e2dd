import type { services as zh } from "./services.zh-CN.ts";

/** Calls, referral, medicine, follow-up, consent, and sentences for staff. */
export const services = {
  "call.wait": "Calling a doctor, {n} ahead of you. Please sit.",
  "call.none": "No doctor is free now. If urgent call 120; otherwise we will call you back before {time}.",
  "call.done": "The doctor's opinion is saved and can be printed.",
  "ref.up": "The doctor suggests {hospital}. It is arranged for {time}. Shall we repeat?",
  "ref.back": "You are back from {hospital}. Your family doctor will contact you within seven days.",
  "fu.remind": "{name}, it is time for {item}. Please come before {date}.",
  "rx.ready": "Your medicine is ready. Bring the slip and your ID; code {code}.",
  "rx.wait": "The pharmacist is checking your prescription.",
  "rx.stop": "This medicine cannot be given now: {reason}. Please speak to the pharmacist.",
  "rx.otc": "Before buying: any allergy? Pregnant or breastfeeding? Other medicines?",
  "rx.read": "{n} times a day, {m} each time, {when}. If you feel unwell stop and ask the doctor.",
  "sign.contract": "Signing means choosing a family doctor. You may change or leave at any time.",
  "qc.ok": "QC passed, ready to use.",
  "qc.warn": "QC warning, repeat once.",
  "qc.reject": "QC failed, device locked. Technician must release it.",
  "staff.alarm": "{name}: {result}. Go to {station} at once.",
  "staff.handover": "Tell the doctor: name, age, result, symptoms, what was done.",
  "consent.1": "We are {operator}, at {address}, phone {phone}.",
  "consent.2":
    "We use your name, ID number, phone, address, measurements, history and medicines to know it is you, to show you your results, to let doctors help you, to follow up and to refer you where needed.",
  "consent.3":
    "Health data, ID number and face are sensitive. We use them for nothing else. The face is optional; you can measure without it.",
  "consent.4":
    "They are seen by the doctors and pharmacists who care for you, the village doctor on duty, and you. We ask you before another hospital gets them.",
  "consent.5": "Clinical records are kept at least 15 years and call recordings at least 3 years, as the law requires.",
  "consent.6":
    "You may read, correct and copy your data, ask for deletion where the law allows, and withdraw your consent at any time; what was done before stays valid. Refusing never stops emergency help.",
  "consent.7": "Children under 14 need a guardian's consent.",
  "consent.8": "Questions: {privacy_contact}.",
  "consent.tick.measure": "I agree to be measured and to have the results kept (needed to measure)",
  "consent.tick.doctors":
    "I agree that my family doctor and the doctors who see me may read my health data (sensitive, separate consent)",
  "consent.tick.remote": "I agree to a remote consultation and its recording (separate consent, optional)",
  "consent.tick.face": "I agree that my face is used to confirm who I am (separate consent, optional)",
  "consent.tick.relative": "I agree that {relative} may look at my results for me (optional)",
} as const satisfies Record<keyof typeof zh, string>;
