/** Why a hospital or a package that was entered or copied in is refused, for whoever wrote it. */
export const offerReasons = {
  missing: { en: "This is still to be filled in.", zh: "这一项还没有填。" },
  empty: { en: "This is still to be filled in.", zh: "这一项还没有填。" },
  few: { en: "At least {n} of these is wanted.", zh: "至少要有 {n} 项。" },
  long: { en: "At most {n} characters.", zh: "最多 {n} 个字。" },
  many: { en: "At most {n} of these.", zh: "最多 {n} 项。" },
  range: { en: "A whole number from {min} to {max}.", zh: "要填 {min} 到 {max} 的整数。" },
  choice: { en: "One of these is wanted: {of}.", zh: "只能是其中一种：{of}。" },
  link: {
    en: "A link begins with https:// and has an ordinary address behind it.",
    zh: "网址要以 https:// 开头，后面是普通的地址。",
  },
  telephone: {
    en: "A telephone number has digits, blanks, + and -, three signs or more.",
    zh: "电话只用数字、空格、加号和连字符，至少三位。",
  },
  id: {
    en: "An id is lower-case letters, digits and hyphens, two or more.",
    zh: "编号只用小写字母、数字和连字符，至少两个。",
  },
  unknown: { en: "There is no such entry.", zh: "没有这一项，请删掉。" },
  form: { en: "This does not have the right form.", zh: "这一项的写法不对。" },
  twice: { en: "{id} stands here twice, or in {file} already.", zh: "{id} 写了两次，或 {file} 里已经有了。" },
} as const;
export type OfferReason = keyof typeof offerReasons;
