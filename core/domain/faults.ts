/**
 * Every declared way in which something does not work. Code = `area.reason`. `resident` is the sentence for the villager
 * (what happened and what to do, both languages); `operator` is for staff; `number` can be read over the phone.
 * A device profile may only use `device.*` codes; the gate refuses with `gate.*`; the store answers with `store.*`.
 */
interface FaultText {
  readonly number: number;
  readonly resident: { readonly zh: string; readonly en: string };
  readonly operator: { readonly zh: string; readonly en: string };
}

const fault = (number: number, zh: string, en: string, opZh: string, opEn: string): FaultText => ({
  number,
  resident: { zh, en },
  operator: { zh: opZh, en: opEn },
});

export const faults = {
  "device.cuffLoose": fault(
    101,
    "袖带没绑好。请把胳膊放好,重新绑紧一点,再测一次。",
    "The cuff is loose or the arm is not in place. Settle your arm, tighten the cuff a little and try again.",
    "信号弱或袖带漏气(上游)",
    "Weak signal or leak of the upstream bladder",
  ),
  "device.cuffLeak": fault(
    102,
    "袖带漏气了。请叫工作人员看一看。",
    "The cuff is leaking. Please call a member of staff.",
    "气路漏气",
    "Leak in the pressure system",
  ),
  "device.overPressure": fault(
    103,
    "压力太高,已经自动放气。请歇一会儿,坐好再测一次。",
    "The pressure went too high and was let out. Rest a moment, sit well and try again.",
    "袖带超压保护",
    "Over-pressure protection tripped",
  ),
  "device.weakPulse": fault(
    104,
    "没找到脉搏。请把胳膊放好,别动,别说话,再测一次。",
    "No pulse was found. Settle your arm, keep still and quiet, and try again.",
    "脉搏传感器无信号或手臂位置不对",
    "No signal from the pulse sensor or bad arm position",
  ),
  "device.slowDeflation": fault(
    105,
    "放气太慢,这次不算。请叫工作人员看一看。",
    "The air came out too slowly, so this one does not count. Please call a member of staff.",
    "放气时间过长",
    "Deflation takes too long",
  ),
  "device.pump": fault(
    106,
    "血压计的气泵坏了。请叫工作人员。",
    "The pump of the cuff does not work. Please call a member of staff.",
    "气泵电机故障",
    "Pump motor fault",
  ),
  "device.batteryLow": fault(
    107,
    "仪器快没电了。请叫工作人员换电池。",
    "The device is low on power. Please call a member of staff.",
    "电池电量低",
    "Battery low",
  ),
  "device.unknown": fault(
    108,
    "仪器说它没测成。请再测一次;还不行就叫工作人员。",
    "The device could not measure. Try again; if it fails once more, call a member of staff.",
    "设备报告未知故障码",
    "The device reported a fault code that its document does not list",
  ),
  "device.outOfRange": fault(
    109,
    "仪器给的数字不合理,没有保存。请再测一次。",
    "The device gave an impossible number. It was not kept. Please try again.",
    "完整帧中的数值超出可能范围",
    "An intact frame carried an impossible value",
  ),
  "device.silent": fault(
    110,
    "仪器没有回答。请看看它开了没有、线插好没有,然后再试一次。",
    "The device does not answer. Check that it is switched on and plugged in, then try again.",
    "设备无应答(超时)",
    "No answer from the device within its time",
  ),
  "device.unplugged": fault(
    111,
    "仪器的线掉了。请插好再测一次。",
    "The device was unplugged. Plug it in and try again.",
    "测量中端口消失",
    "The port vanished during the measurement",
  ),
  "device.garbled": fault(
    112,
    "仪器说的话听不清,这次不算。请再测一次。",
    "What the device sent was garbled, so this one does not count. Please try again.",
    "收到的字节都不成帧:请检查波特率和线缆",
    "Bytes arrived but no frame: check speed and cable",
  ),
  "device.portBusy": fault(
    113,
    "仪器正被别的程序占用。请叫工作人员。",
    "Another program is using the device. Please call a member of staff.",
    "串口被占用",
    "The serial port is busy",
  ),
  "device.portMissing": fault(
    114,
    "没找到仪器。请看看线插好没有。",
    "The device was not found. Check that it is plugged in.",
    "找不到串口",
    "The serial port does not exist",
  ),
  "device.portForbidden": fault(
    115,
    "站点没有权限使用这台仪器。请叫工作人员。",
    "The station may not use this device. Please call a member of staff.",
    "没有打开串口的权限",
    "Permission to open the serial port was refused",
  ),
  "device.noDevice": fault(
    116,
    "这里没有接这种仪器。",
    "No such device is connected here.",
    "没有为此检查分配设备",
    "No device is assigned to this check",
  ),
  "device.busy": fault(
    117,
    "这台仪器正在用。请等一下。",
    "This device is in use. Please wait.",
    "设备正在测量",
    "The device is already measuring",
  ),
  "device.tooLong": fault(
    118,
    "测得太久了,已经停下来。请歇一会儿再测一次。",
    "It took too long and was stopped. Rest a moment and try again.",
    "超过整个测量的时限",
    "The watchdog ended the measurement",
  ),
  "device.noRecord": fault(
    119,
    "仪器里没有刚测的结果。请先在仪器上测好,再点一次。",
    "The device holds no result from just now. Measure on the device first, then try again.",
    "仪器存储中没有本次到访的记录",
    "The device memory holds no record",
  ),
  "device.resultIncomplete": fault(
    120,
    "结果没有传完整。请让仪器再打印一次。",
    "The result did not arrive whole. Please print it again on the device.",
    "标签流不完整",
    "The label stream was incomplete",
  ),

  "gate.outOfRange": fault(
    201,
    "这个数字不合理,没有算数。请再测一次。",
    "This number cannot be right and does not count. Please measure again.",
    "超出硬范围",
    "Outside the hard range",
  ),
  "gate.unit": fault(
    202,
    "仪器的单位不对,没有算数。请叫工作人员。",
    "The device used a wrong unit, so this does not count. Please call a member of staff.",
    "单位不在目录中",
    "The unit is not one of the quantity's units",
  ),
  "gate.stale": fault(
    203,
    "这是仪器里以前的结果,不是您刚测的,没有算数。",
    "This is an old result from the device's memory, not yours. It does not count.",
    "存储的结果不在本次到访时间内",
    "Stored reading outside the visit",
  ),
  "gate.noVisit": fault(
    204,
    "现在没有人在测,这个结果没有算数。",
    "Nobody is being measured now. This result does not count.",
    "没有进行中的到访或测量",
    "No measurement is under way",
  ),
  "gate.deviceNotReady": fault(
    205,
    "这台设备正在检查,请稍后再来。",
    "This device is being checked. Please come back later.",
    "设备未就绪(停用、校准或质控)",
    "The device is out of use (taken out, calibration or quality control)",
  ),
  "gate.notConfirmed": fault(
    206,
    "数字和仪器上的不一样,没有算数。请再测一次。",
    "The numbers differ from the device's display and do not count. Please measure again.",
    "居民未确认与仪器显示一致",
    "The resident did not confirm the numbers on the display",
  ),
  "gate.noClock": fault(
    207,
    "仪器没有报时间,不能确定是您的结果,没有算数。",
    "The device gave no time, so the result cannot be tied to you. It does not count.",
    "存储的结果没有可信的时间",
    "A stored reading without a usable device time",
  ),
  "gate.incomplete": fault(
    208,
    "结果不完整,没有算数。请再测一次。",
    "The result is incomplete and does not count. Please measure again.",
    "缺少必需的读数",
    "A required reading is missing",
  ),
  "gate.afterStop": fault(
    209,
    "测量已经停了,后来的数字没有算数。",
    "The measurement was stopped; what came later does not count.",
    "停止之后到达的结果",
    "A result that arrived after stop",
  ),
  "gate.tooSoon": fault(
    210,
    "先歇一会儿再量下一次。",
    "Please rest a little before the next reading.",
    "休息时间未到",
    "The rest between two readings is not over",
  ),
  "gate.control": fault(
    211,
    "这是仪器的检查液结果,不是您的,没有算数。",
    "This was a test of the device with control liquid. It is not your result and does not count.",
    "质控液结果,不是居民的结果",
    "A control result, not a resident's",
  ),

  "store.wrongKey": fault(
    301,
    "站点打不开自己的记录。请叫技术员。",
    "The station cannot open its records. Please call the technician.",
    "数据库密钥不对",
    "The database key is wrong",
  ),
  "store.newerVersion": fault(
    302,
    "站点的程序比记录旧。请叫技术员更新程序。",
    "The program is older than its records. Please call the technician.",
    "数据库由更新的程序写成",
    "The database was written by a newer program",
  ),
  "store.full": fault(
    303,
    "站点的存储满了,现在不能测。请叫工作人员。",
    "The station's storage is full. It cannot measure now. Please call a member of staff.",
    "磁盘已满",
    "The disk is full",
  ),
  "store.locked": fault(
    304,
    "这个站点已经在运行了。",
    "This station is already running.",
    "数据文件夹已被另一个程序占用",
    "Another program holds this data folder",
  ),
  "store.broken": fault(
    305,
    "站点的记录有损坏。请叫技术员。",
    "The station's records are damaged. Please call the technician.",
    "日志校验失败",
    "The journal failed its check",
  ),
  "store.failed": fault(
    306,
    "没能存下来。请叫工作人员。",
    "It could not be saved. Please call a member of staff.",
    "写入失败",
    "A write failed",
  ),
  "store.keyUnsafe": fault(
    307,
    "站点的密钥文件不安全,没有启动。请叫技术员。",
    "The station's key file is not safe, so it did not start. Please call the technician.",
    "密钥文件的权限太宽或长度不对",
    "The key file may be read by others, or has a wrong length",
  ),

  "wire.closed": fault(
    401,
    "屏幕和站点断开了,正在重新连接。",
    "The screen lost the station. Reconnecting.",
    "连接已断开",
    "The line was cut",
  ),
  "wire.badInput": fault(
    402,
    "这个操作没有被接受。请再试一次。",
    "That was not accepted. Please try again.",
    "输入不符合契约",
    "Input does not fit the contract",
  ),
  "wire.forbidden": fault(
    403,
    "这个窗口不能使用本站点。",
    "This window may not use the station.",
    "令牌、来源或主机不对,或已有窗口",
    "Wrong token, origin or host, or another window is open",
  ),
  "wire.internal": fault(
    404,
    "出了点问题。请再试一次;还不行就叫工作人员。",
    "Something went wrong. Try again; if it fails once more, call a member of staff.",
    "程序错误,见日志",
    "A bug; see the log",
  ),
  "wire.portTaken": fault(
    405,
    "站点的网页端口不能用,没有启动。请叫技术员。",
    "The port of the station's page cannot be used, so it did not start. Please call the technician.",
    "网页端口被占用或不允许",
    "The page's port is in use or not allowed",
  ),

  "consult.hubAway": fault(
    501,
    "现在没有网络,叫不到医生。结果先存在这里。急的话请打120。",
    "No network now, so no doctor can be reached. Your results are kept here. If it is urgent call 120.",
    "中心不可达",
    "The hub cannot be reached",
  ),
  "consult.alreadyTaken": fault(
    502,
    "别的医生已经接了。",
    "Another doctor has taken this one.",
    "已被其他医生接诊",
    "Another doctor has taken this call",
  ),
  "consult.ended": fault(503, "这次视频已经结束。", "This call has ended.", "呼叫已结束", "The call has ended"),
  "consult.notYours": fault(
    504,
    "您不在这次会诊中。",
    "You are not part of this consultation.",
    "不是参与者",
    "Not a participant of this call",
  ),
  "consult.camera": fault(
    505,
    "没有找到摄像头或麦克风。仍然可以和医生说明情况。",
    "No camera or microphone was found.",
    "无法取得摄像头或麦克风",
    "Camera or microphone could not be opened",
  ),
  "account.wrong": fault(601, "账号或密码不对。", "Account or password is wrong.", "登录失败", "Sign-in failed"),
  "account.tooMany": fault(
    602,
    "试得太多了,请过一会儿再试。",
    "Too many tries. Please wait a while.",
    "登录已限速",
    "Sign-in is rate limited",
  ),
  "account.signedOut": fault(
    603,
    "登录已过期,请重新登录。",
    "Your session has ended. Please sign in again.",
    "会话已过期",
    "The session has ended",
  ),
  "account.forbidden": fault(
    604,
    "您的角色不能做这件事。",
    "Your role may not do this.",
    "权限表拒绝",
    "The table of rights says no",
  ),
  "station.enrolCode": fault(
    701,
    "登记码不对或已经用过。",
    "The enrolment code is wrong or used.",
    "登记码无效",
    "The enrolment code is invalid",
  ),
  "visit.closed": fault(801, "这次到访已经结束。", "This visit has ended.", "到访已结束", "The visit has ended"),
} as const satisfies Record<string, FaultText>;

export type FaultCode = keyof typeof faults;
export type DeviceFaultCode = Extract<FaultCode, `device.${string}`>;
export type RefusalCode = Extract<FaultCode, `gate.${string}`>;

export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(faults, code);
}
