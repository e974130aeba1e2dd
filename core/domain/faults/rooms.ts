import { fault } from "./fault.ts";

/** Consultations of three and more. */
export const roomsFaults = {
  "room.unavailable": fault(
    551,
    "现在开不了多方会诊。两个人的视频照常进行。",
    "A consultation of several cannot be opened now. The call between the two of you goes on.",
    "会诊媒体服务起不来",
    "The media service of rooms cannot be started",
  ),
  "room.ended": fault(552, "这次会诊已经结束。", "This consultation has ended.", "会诊室已关闭", "The room is closed"),
  "room.full": fault(
    553,
    "会诊的人已经满了。",
    "No more people can join this consultation.",
    "会诊室满员",
    "The room has no free seat",
  ),
  "guest.code": fault(
    555,
    "这个号码不对,或者已经过了一分钟。请医生再念一个新的。",
    "This number is wrong, or its minute is over. Please ask the doctor for a new one.",
    "家属口令无效",
    "The relative's code is not valid",
  ),
  "room.notAllowed": fault(
    554,
    "您在会诊中的身份不能做这件事。",
    "Your part in this consultation does not allow this.",
    "会诊角色表拒绝",
    "The table of parts in a consultation says no",
  ),
} as const;
