/**
 * Why a profile is refused, in Chinese, by the English sentence that the kit says. `{x}` stands for what differs from one
 * profile to the next. A test holds that every reason of the kit is here.
 */
export const profileReasons: Readonly<Record<string, string>> = {
  // Form
  "a name is camelCase": "名称只用字母和数字,小写字母开头,如 cuffPressure",
  "an id is kebab-case": "编号只用小写字母、数字和连字符,如 maker-model-1",
  "pairs of hex digits, no spaces": "写成成对的十六进制数字,中间不留空格",
  "the key stands here twice": "同一个键写了两次",
  // Frames
  "there is no envelope for frames to the device": "没有定义发给设备的帧的封装",
  "a {type} field does not stand in a {kind} frame": "{kind} 帧里不能有 {type} 字段",
  "min is above max": "min 大于 max",
  "u16split needs low": "u16split 需要写明 low",
  "it does not fit into the frame": "超出了帧的长度",
  "only open text makes a frame vary in size": "只有不定长文本才能使帧长可变",
  "a binary frame needs a size": "二进制帧要写明 size",
  "the length byte cannot say this size": "长度字节表示不了这么长的帧",
  "without a length byte all frames have one size": "没有长度字节时,所有帧必须一样长",
  "a label stream carries exactly one frame": "标签数据流只能有一种帧",
  // Meaning
  "a frame to the host needs a meaning": "设备发来的帧要说明含义",
  "there is no such frame to the host": "设备没有这种发来的帧",
  "there is no field {field}": "没有字段 {field}",
  "{field} is not in a unit of {quantity}": "{field} 的单位不是 {quantity} 可用的单位",
  "{field} is not a flag {bit}": "{field} 里没有标志位 {bit}",
  "{field} is not a time": "{field} 不是时间",
  "{field} is not a number": "{field} 不是数值",
  "{field} is not a code that declares these values": "{field} 不是列出了这些值的代码字段",
  // Session and safety
  "{frame} is no frame to the {side}": "{frame} 不是发往 {side} 的帧(host 为本站,device 为设备)",
  "{field} is no number of {frame}": "{field} 不是 {frame} 里的数值",
  "a device that acts on a person needs a stop frame": "作用于人体的设备必须有停止帧",
  "frames with the check {check} are confirmed on the display":
    "校验方式为 {check} 的帧必须由人对照屏幕确认(confirm: display)",
  "it is not the check of the envelope": "与封装里的校验方式不一致",
  "it can form the forbidden {name}": "它可能成为被禁止的命令:{name}",
  // Simulator
  "there is no such frame to the device": "没有这种发给设备的帧",
  "{frame} has no field {field}": "{frame} 没有字段 {field}",
  "no value for {field}": "没有给出 {field} 的值",
  "{profile} has no frame {frame}": "{profile} 没有帧 {frame}",
  "{profile} sends nothing to the device": "{profile} 不向设备发送任何内容",
  "{value} does not fit in {count} bytes": "{value} 放不进 {count} 个字节",
  "no raw value means {value}": "没有表示 {value} 的原始值",
  "{value} is no number": "{value} 不是数值",
  "{value} is no text": "{value} 不是文本",
  '"{text}" does not fill {count} bytes': "“{text}”填不满 {count} 个字节",
  "not a device time: {text}": "不是设备时间:{text}",
};

/** Why a file in the station's folder of profiles is refused before, or although, its table could be checked. */
export const profileFileReasons = {
  notJson: {
    en: "This is no JSON: {found} cannot stand here.",
    zh: "不是合法的 JSON:这里不能出现 {found}。",
  },
  ended: { en: "The file ends in the middle.", zh: "文件到一半就结束了。" },
  badText: {
    en: "This text has no end, or a sign in it that must be escaped.",
    zh: "这段文本没有结束引号,或含有必须转义的字符。",
  },
  badNumber: { en: "This is no number as JSON writes it.", zh: "这里不是 JSON 的数字写法。" },
  keyTwice: { en: "The key {key} stands twice in the same object.", zh: "同一个对象里键 {key} 写了两次。" },
  tooDeep: { en: "Brackets are nested too deeply.", zh: "括号嵌套太深。" },
  notText: { en: "The file is no UTF-8 text.", zh: "文件不是 UTF-8 文本。" },
  notFile: { en: "This is not an ordinary file.", zh: "这不是普通文件。" },
  unreadable: { en: "The file cannot be read ({why}).", zh: "文件无法读取({why})。" },
  tooLarge: { en: "The file is larger than {most} bytes.", zh: "文件超过 {most} 字节。" },
  tooMany: { en: "There are more than {most} profiles in the folder.", zh: "文件夹里的配置超过 {most} 个。" },
  badName: {
    en: "The file's name must be lower-case letters, digits and hyphens, and end in .json.",
    zh: "文件名只能用小写字母、数字和连字符,并以 .json 结尾。",
  },
  nameShipped: {
    en: "The name {name} belongs to a profile that the program brings along.",
    zh: "名称 {name} 属于程序自带的配置。",
  },
  nameTaken: { en: "The name {name} is already used in {file}.", zh: "名称 {name} 已在 {file} 中使用。" },
  usbShipped: {
    en: "The USB ids {name} belong to a profile that the program brings along.",
    zh: "USB 编号 {name} 属于程序自带的配置。",
  },
  usbTaken: { en: "The USB ids {name} are already used in {file}.", zh: "USB 编号 {name} 已在 {file} 中使用。" },
  more: { en: "And {count} more.", zh: "还有 {count} 处。" },
} as const;
