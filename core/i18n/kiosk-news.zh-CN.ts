/** What reaches a resident between visits: messages, answers, who opened the record, a joint opinion. */
export const kioskNews = {
  "kiosk.news.title": "有话带给您",
  "kiosk.news.from": "{name}，{time}",
  "kiosk.news.fromHub": "卫生院，{time}",
  "kiosk.news.heard": "知道了",
  "kiosk.news.next": "下一条",

  "kiosk.news.opened": "有人看过您的健康记录",
  "kiosk.news.opened.who": "谁看的",
  "kiosk.news.opened.when": "什么时候",
  "kiosk.news.opened.why": "为什么",
  "kiosk.news.talk": "我想问问这件事",
  "kiosk.news.talks": "会有人来跟您谈这件事",
  "kiosk.news.talks.what": "管理这件事的人会找您，说清楚是谁看的、为什么看。",

  "kiosk.news.ask": "有话带给您，现在听吗？",
  "kiosk.news.ask.what": "旁边帮您的人也会看到、听到。",
  "kiosk.news.ask.now": "现在听",
  "kiosk.news.ask.later": "下次再听",

  "kiosk.asked.said": "医生听到您同意了，马上测{check}",
  "kiosk.asked.does.cuff": "手臂上的袖带会自己充气，会紧一下。",
  "kiosk.asked.does.reads": "机器会自己开始测，请不要动。",
  "kiosk.asked.touch": "不想测，碰一下屏幕任何地方就停。",
  "kiosk.asked.stop": "停，不测",

  "kiosk.opinion.several": "医生的意见，共{n}条",
  "kiosk.opinion.of": "第{n}条，共{all}条",
  "kiosk.opinion.more": "看下一条",
  "kiosk.joint.title": "几位医生一起的意见",
  "kiosk.joint.signed": "一起签名的：",
  "kiosk.joint.others": "看法不同的：",
  "kiosk.joint.dissent": "这位医生的看法不同",
} as const;
