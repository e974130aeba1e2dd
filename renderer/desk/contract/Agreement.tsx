import { useEffect, useState } from "react";
import { agreementText, type Agreement } from "../../../core/care/agreement.ts";
import { contractTerms } from "../../../core/care/contract-act.ts";
import { stageOf, type Contract } from "../../../core/care/contract.ts";
import { feeSentences, termSentences, type Sentence } from "../../../core/i18n/agreement-words.ts";
import { useText, type Text } from "../../parts/language.tsx";
import "./agreement.css";

/**
 * The contract as a document: the text that both signed, and under it who agreed to what, when, where and on which device. Of
 * before there were agreements: what was heard then.
 */
export function AgreementPaper({
  contract,
  name,
  now,
}: {
  readonly contract: Contract;
  /** Of the resident. */
  readonly name: string;
  readonly now: number;
}) {
  const text = useText();
  const { agreement, state, until } = contract;
  const stage = stageOf(state, until, now);
  return (
    <article className="agreement" data-testid="agreement" data-stage={stage}>
      <header>
        <h3>{text("work.contract.paper")}</h3>
        <p className="tag tag-fact">
          {text(`work.contract.stage.${stage}`)}
          {until !== undefined &&
            state === "active" &&
            ` · ${text("work.contract.until", { date: dayWords(text, until) })}`}
        </p>
      </header>
      <dl>
        <Row name={text("work.contract.resident")} words={name} />
        {agreement === undefined ? (
          <Row name={text("work.contract.doctor")} words={contract.doctor.name} />
        ) : (
          <Parts agreement={agreement} />
        )}
      </dl>
      <ul>
        {agreement === undefined
          ? contractTerms.map((key) => <li key={key}>{text.of(key, {})}</li>)
          : agreement.words.map((one) => <li key={one.en}>{one[sideOf(text)]}</li>)}
      </ul>
      <Acts contract={contract} />
    </article>
  );
}

const sideOf = (text: Text) => (text.language === "en" ? "en" : "zh");
const dayWords = (text: Text, ms: number): string =>
  new Intl.DateTimeFormat(text.language, { dateStyle: "medium" }).format(ms);
const timeWords = (text: Text, ms: number): string =>
  new Intl.DateTimeFormat(text.language, { dateStyle: "medium", timeStyle: "short" }).format(ms);
const sentence = (text: Text, { key, values }: Sentence): string => text.of(key, values ?? {});

function Row({ name, words }: { readonly name: string; readonly words: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{words}</dd>
    </div>
  );
}

function Parts({ agreement }: { readonly agreement: Agreement }) {
  const text = useText();
  const side = sideOf(text);
  const { doctor, team, phone, package: pack, fee, date } = agreement;
  const [, , term] = termSentences(agreement);
  const contains = pack.contains.map(
    ({ timesAYear: n, ...what }) => `${what[side]}${n === undefined ? "" : ` (${text("kiosk.package.times", { n })})`}`,
  );
  const says = fee.says === undefined ? "" : ` ${fee.says[side]}`;
  return (
    <>
      <Row name={text("work.contract.doctor")} words={`${doctor.name} · ${doctor.org}`} />
      {team.length > 0 && (
        <Row
          name={text("work.contract.team")}
          words={team.map((one) => `${one.name} (${text(`work.contract.role.${one.role}`)})`).join(", ")}
        />
      )}
      <Row name={text("work.contract.phone")} words={phone} />
      <Row
        name={text("work.contract.package")}
        words={`${pack.name[side]}${pack.specimen ? ` · ${text("kiosk.services.specimen")}` : ""}: ${contains.join("; ")}`}
      />
      <Row
        name={text("work.contract.fee")}
        words={`${feeSentences(agreement)
          .map((one) => sentence(text, one))
          .join(" ")}${says}`}
      />
      <Row name={text("work.contract.date")} words={`${date} · ${term === undefined ? "" : sentence(text, term)}`} />
    </>
  );
}

/** Who, when, where, with what; and whether the text still is the one that was agreed to. */
function Acts({ contract }: { readonly contract: Contract }) {
  const text = useText();
  const { agreement, askedAt, act, identity, helper, hash, signature, station } = contract;
  const place = agreement === undefined ? "" : `${agreement.place.name} ${agreement.place.place}`.trim();
  return (
    <footer>
      <p data-testid="contract-act">
        {text("work.contract.asked", { when: timeWords(text, askedAt) })} · {text(`work.contract.identity.${identity}`)}{" "}
        · {text(`work.contract.act.${act}`)}
        {helper !== undefined && ` · ${text(`work.contract.helper.${helper}`)}`}
      </p>
      <p>
        {place !== "" && `${text("work.contract.where", { place })} · `}
        {text("work.contract.device", { station: station.slice(0, 8) })}
      </p>
      {signature !== undefined && (
        <p data-testid="contract-signature">
          {text("desk.sign.by", { name: signature.by.name, time: timeWords(text, Date.parse(signature.at)) })}
          {signature.by.licence !== undefined &&
            ` · ${text("work.contract.licence", { n: signature.by.licence })}`} · {text("desk.sign.test")}
        </p>
      )}
      {agreement !== undefined && hash !== undefined && <Check agreement={agreement} hash={hash} />}
    </footer>
  );
}

/** The hash of the text as it lies here, beside the one in the resident's act. Nothing where a page may not compute one. */
function Check({ agreement, hash }: { readonly agreement: Agreement; readonly hash: string }) {
  const text = useText();
  const [own, setOwn] = useState<string>();
  useEffect(() => {
    let left = false;
    const bytes = new TextEncoder().encode(agreementText(agreement));
    // Over plain http from another machine there is no cryptography: the hub has compared all the same.
    const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
    void subtle?.digest("SHA-256", bytes).then((digest) => {
      if (!left) setOwn([...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    });
    return () => {
      left = true;
    };
  }, [agreement]);
  const isSame = own === undefined ? undefined : own === hash;
  return (
    <p data-testid="contract-check" data-same={isSame}>
      {text("work.contract.check", { hash: hash.slice(0, 16) })}
      {isSame !== undefined && ` · ${text(isSame ? "work.contract.same" : "work.contract.other")}`}
    </p>
  );
}
