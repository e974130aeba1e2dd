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

  "kiosk.same.joined": "您的两份记录合在一起了",
  "kiosk.same.parted": "您的记录分开了",
  "kiosk.same.who": "谁定的",
  "kiosk.same.wrong": "这不对",
  "kiosk.same.checked": "会有人来核对",
  "kiosk.same.checked.what": "卫生院会找您核对。如果弄错了，会改回来。",

  "kiosk.from.typed": "手工填的",
  "kiosk.from.joined": "您另一份记录里的",
  "kiosk.from.claimed": "没留名字那次测的",
  "kiosk.from.others": "{n}次是您另一份记录里的",
} as const;
