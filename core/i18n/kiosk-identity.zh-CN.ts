/** Who somebody is: by which ways they come, records that are one person's, a number's origin, a guest's results. */
export const kioskIdentity = {
  "kiosk.ways.open": "我用什么来",
  "kiosk.ways.title": "您可以用这些来",
  "kiosk.ways.what": "不想再用的，按“去掉”。",
  "kiosk.ways.needsCard": "想再加一种，请放身份证再来一次。",
  "kiosk.ways.card": "身份证",
  "kiosk.ways.phone": "手机号，加身份证号最后四位",
  "kiosk.ways.code": "健康码",
  "kiosk.ways.since": "{day}起",
  "kiosk.ways.remove": "去掉",
  "kiosk.ways.add": "再加一种",
  "kiosk.ways.back": "返回",
} as const;
