import type { VoiceView } from "../../core/contract/technician-voice.ts";
import { feedOf } from "./feed-of.ts";

const shipped = (id: string, page: "zh-CN" | "en"): VoiceView["packs"][number] => ({
  manifest: {
    id,
    name: { zh: "示例语音", en: "Sample voice" },
    language: page === "en" ? "en-GB" : "cmn-CN",
    page,
    speaker: "Nobody",
    synthetic: true,
    madeBy: "tests",
    licence: "Apache-2.0",
    format: "none",
  },
  from: "shipped",
  // Not silent, and nothing that a screen says: nobody is there to answer for its file.
  clips: ["number.x.ogg"],
  version: 1,
});

/** Of the station's own data, and said by no pack yet. */
const unsaid = ["样例县服务包", "量血压，一年4次"];

/** Voice packs of an invented station: two shipped ones with hardly a clip, and what a technician makes. */
export function fakeVoice() {
  const source = feedOf<VoiceView>({
    packs: [shipped("mandarin", "zh-CN"), shipped("english", "en")],
    speaks: { "zh-CN": ["mandarin"], en: ["english"] },
    names: { "zh-CN": unsaid.map((words) => ({ clip: `line.${words.length}`, words, sentence: words })), en: [] },
  });
  const change = (to: (view: VoiceView) => VoiceView) => {
    if (source.value) source.set(to(source.value));
    return {};
  };
  return {
    source,
    describe: (manifest: VoiceView["packs"][number]["manifest"]) =>
      change((view) => ({
        ...view,
        packs: [
          ...view.packs.filter((one) => one.manifest.id !== manifest.id),
          { manifest, from: "own", clips: [], version: 1 },
        ],
      })),
    keep: (pack: string, file: string) =>
      change((view) => ({
        ...view,
        packs: view.packs.map((one) =>
          one.manifest.id === pack ? { ...one, clips: [...one.clips.filter((clip) => clip !== file), file] } : one,
        ),
      })),
    choose: (page: "zh-CN" | "en", pack: string) =>
      change((view) => ({
        ...view,
        speaks: { ...view.speaks, [page]: [pack, ...view.speaks[page].filter((one) => one !== pack)] },
      })),
  };
}
export type FakeVoice = ReturnType<typeof fakeVoice>;
