import { implement } from "@orpc/server";
import type { z } from "zod";
import { packageSchema } from "../../core/care/packages.ts";
import { technicianContract } from "../../core/contract/technician.ts";
import type { OffersView } from "../../core/contract/technician-offers.ts";
import { hospitalSchema, hospitalsSchema } from "../../core/domain/hospitals.ts";
import elder from "../../resources/services/elder-65.json" with { type: "json" };
import specimen from "../../resources/hospitals/specimen.json" with { type: "json" };

/** Hospitals and packages of an invented station, with one file that was refused. */
export function fakeOffers(held: (session: string) => unknown) {
  const os = implement(technicianContract).offers;
  let view: OffersView = {
    hospitals: hospitalsSchema.parse(specimen).hospitals.map((value) => ({ value, from: "shipped" })),
    packages: [{ value: packageSchema.parse(elder), from: "shipped" }],
    refused: [
      {
        file: "services/diabetes.json",
        problems: [
          {
            ...{ line: 6, column: 3, path: "contains.0.en" },
            reason: { zh: "这一项还没有填。", en: "This is still to be filled in." },
          },
        ],
      },
    ],
  };
  const refusal = { zh: "这一项还没有填。", en: "This is still to be filled in." };
  const refused = (file: string, { issues }: z.ZodError) => ({
    kept: false as const,
    refused: { file, problems: issues.map(({ path }) => ({ line: 1, path: path.join("."), reason: refusal })) },
  });
  /** In the place of the one of its id, or behind all others. */
  const put = <T extends { readonly id: string }>(
    list: readonly { value: T; from: "own" | "shipped" }[],
    value: T,
  ): { value: T; from: "own" | "shipped" }[] => {
    const at = list.findIndex((one) => one.value.id === value.id);
    return list.toSpliced(at < 0 ? list.length : at, 1, { value, from: "own" });
  };
  const others = <T extends { readonly value: { readonly id: string } }>(list: readonly T[], item: string) =>
    list.filter(({ value }) => value.id !== item);
  return {
    look: os.look.handler(({ input }) => {
      held(input.session);
      return view;
    }),
    keep: os.keep.handler(({ input: { kind, text } }) => {
      if (kind === "hospital") {
        const read = hospitalSchema.safeParse(JSON.parse(text));
        if (!read.success) return refused(kind, read.error);
        view = { ...view, hospitals: put(view.hospitals, read.data) };
        return { kept: true, item: read.data.id, view };
      }
      const read = packageSchema.safeParse(JSON.parse(text));
      if (!read.success) return refused(kind, read.error);
      view = { ...view, packages: put(view.packages, read.data) };
      return { kept: true, item: read.data.id, view };
    }),
    remove: os.remove.handler(({ input: { kind, item } }) => {
      view =
        kind === "hospital"
          ? { ...view, hospitals: others(view.hospitals, item) }
          : { ...view, packages: others(view.packages, item) };
      return view;
    }),
    setAside: os.setAside.handler(({ input: { file } }) => {
      view = { ...view, refused: view.refused.filter((one) => one.file !== file) };
      return view;
    }),
  };
}
