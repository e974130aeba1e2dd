import type { Language } from "./message.ts";

const zh = {
  simulated: "模拟结果，不是真的测量",
  unprintable: "〓：打印机里没有这个字",
  plan: "医生定的健康计划",
  planDue: "该看计划了，请来站点，或者问医生。",
  doctor: "医生{name}的意见：",
  agreement: "家庭医生签约协议",
  agreementDoctor: "家庭医生：{name}，{org}",
  agreementTeam: "团队：{names}",
  agreementPackage: "服务包：{name}",
  agreementMade: "拟定：{date} {place}",
  agreementSpecimen: "示例服务包，正式内容以县里为准",
  agreementSigned: "居民本人签：{date}",
  agreementStage: "现在：{stage}",
  stageSigned: "等医生答应",
  stageActive: "医生已签，生效，到{date}",
  stageOver: "已经到期或退掉，不算了",
  stageDeclined: "医生没有接受",
  agreementCheck: "核对码：{hash}",
} as const;

const en: Readonly<Record<keyof typeof zh, string>> = {
  simulated: "Simulated, not a real measurement",
  unprintable: "〓: a character this printer does not have",
  plan: "Health plan by your doctor",
  planDue: "The plan is due for a look: come to the station, or ask your doctor.",
  doctor: "Opinion of {name}, doctor:",
  agreement: "Contract with a family doctor",
  agreementDoctor: "Family doctor: {name}, {org}",
  agreementTeam: "Team: {names}",
  agreementPackage: "Package: {name}",
  agreementMade: "Drawn up: {date} {place}",
  agreementSpecimen: "Specimen package; the county's own takes its place",
  agreementSigned: "Signed by the resident: {date}",
  agreementStage: "Now: {stage}",
  stageSigned: "waiting for the doctor",
  stageActive: "signed by the doctor, valid until {date}",
  stageOver: "over or left, no longer valid",
  stageDeclined: "not accepted by the doctor",
  agreementCheck: "Check code: {hash}",
};

/** Words that stand on paper alone; everything else on a slip is said on the screen, too. */
export const slipWords = { "zh-CN": zh, en } as const satisfies Record<
  Language,
  Readonly<Record<keyof typeof zh, string>>
>;
