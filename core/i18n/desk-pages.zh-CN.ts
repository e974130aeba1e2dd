/** Words of the frame of the desk, of its queue, its call and its lists. */
export const deskPages = {
  "desk.page.consult": "接诊",
  "desk.pages": "页面",
  "desk.page.none": "这个账号在工作台没有可用的页面。",
  "desk.page.loading": "正在打开",
  "desk.page.failed": "这一页没有打开。请检查网络。",
  "desk.page.again": "再试一次",
  "desk.help": "按键一览",
  "desk.key.accept": "接候诊里最前面的一位",
  "desk.key.mute": "通话时关闭或打开麦克风",
  "desk.key.send": "送出正在写的意见",
  "desk.key.back": "关闭窗口，或回到前一页",
  "desk.key.tab": "在按钮和输入框之间移动",
  "desk.key.help": "打开这一页",
} as const;
