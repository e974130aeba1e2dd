import { useState } from "react";
import type { DayHalf, MeetingWay, Wanted, WishWeek } from "../../../core/care/wish.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Choice, Choices } from "../board.tsx";
import { dayWords } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useShown } from "../use-kiosk.ts";
import { OwnState } from "./own-page.tsx";
import { useServices } from "./use-services.ts";

type FollowUp = Extract<Wanted, { readonly kind: "followUp" }>;
type Asked = Partial<Pick<FollowUp, "how" | "week">> & { readonly meet?: true };

interface Way {
  readonly name: MessageKey;
  readonly picture: PictureName;
  readonly id: string;
  readonly then: () => void;
}

/** What was agreed on last, what was asked for, and asking for a day: two choices a screen. */
export function Appointment() {
  const { visit } = useShown();
  const services = useServices();
  const [asked, setAsked] = useState<Asked>();
  const [fault, setFault] = useState<FaultCode>();
  if (asked === undefined)
    return (
      <Standing
        services={services}
        fault={fault}
        onBook={visit?.kind === "resident" ? () => setAsked({}) : undefined}
      />
    );
  const { how, week, meet } = asked;
  const by = (way: MeetingWay) => () => setAsked({ ...asked, how: way });
  const on = (one: WishWeek) => () => setAsked({ ...asked, week: one });
  const at = (half: DayHalf) => () => {
    if (how === undefined || week === undefined) return;
    void services.ask({ kind: "followUp", how, week, half }).then(setFault);
    setAsked(undefined);
  };
  if (how === undefined)
    return meet === true ? (
      <Ask
        key="where"
        title="kiosk.book.where"
        ways={[
          { name: "kiosk.book.station", picture: "self", id: "book-station", then: by("station") },
          { name: "kiosk.book.home", picture: "signHouse", id: "book-home", then: by("home") },
        ]}
      />
    ) : (
      <Ask
        key="how"
        title="kiosk.book.how"
        ways={[
          { name: "kiosk.book.phone", picture: "phone", id: "book-phone", then: by("phone") },
          { name: "kiosk.book.meet", picture: "doctor", id: "book-meet", then: () => setAsked({ meet: true }) },
        ]}
      />
    );
  return week === undefined ? (
    <Ask
      key="week"
      title="kiosk.book.week"
      ways={[
        { name: "kiosk.book.this", picture: "weekThis", id: "book-this", then: on("this") },
        { name: "kiosk.book.next", picture: "weekNext", id: "book-next", then: on("next") },
      ]}
    />
  ) : (
    <Ask
      key="half"
      title="kiosk.book.half"
      ways={[
        { name: "kiosk.book.morning", picture: "timeMorning", id: "book-morning", then: at("morning") },
        { name: "kiosk.book.afternoon", picture: "timeAfternoon", id: "book-afternoon", then: at("afternoon") },
      ]}
    />
  );
}

function Ask({ title, ways }: { readonly title: MessageKey; readonly ways: readonly Way[] }) {
  const text = useText();
  return (
    <Screen name="mine" of="book" step={title} title={text.of(title, {})} says={[{ key: title }]}>
      <Choices>
        {ways.map(({ name, picture, id, then }) => (
          <Choice key={id} picture={picture} onPress={then} testId={id}>
            {text.of(name, {})}
          </Choice>
        ))}
      </Choices>
    </Screen>
  );
}

function Standing(props: {
  readonly services: ReturnType<typeof useServices>;
  readonly fault: FaultCode | undefined;
  readonly onBook: (() => void) | undefined;
}) {
  const text = useText();
  const { visit } = useShown();
  const { services, fault, onBook } = props;
  const due = visit?.nextStep?.due;
  const wish = services.view?.wishes.find(({ wanted }) => wanted.kind === "followUp");
  const waits = wish !== undefined && wish.answer === undefined;
  const book = onBook !== undefined && !waits && (
    <Press kind="main" onPress={onBook} testId="book">
      {text("kiosk.book.open")}
    </Press>
  );
  const said = wish?.answer?.sentences ?? [];
  if (fault !== undefined)
    return (
      <OwnState
        of="appointment"
        title="kiosk.mine.appointment"
        picture="comeBack"
        says="kiosk.book.asked"
        fault={fault}
        actions={book}
      />
    );
  const none = due === undefined && wish === undefined;
  return (
    <Screen
      name="mine"
      of="appointment"
      step={`appointment ${waits ? "waits" : ""}${said.length}`}
      title={text("kiosk.mine.appointment")}
      says={[
        { key: none ? "kiosk.mine.appointment.none" : "kiosk.mine.appointment" },
        ...(waits ? [{ key: "kiosk.book.asked" } as const] : []),
        ...said.map(({ key, params: { day } = {} }) => ({ key, values: day === undefined ? {} : { day } })),
      ]}
      actions={book}
    >
      <div className="state">
        <Picture name="comeBack" className="state-picture" />
        <div className="own-lines" data-testid="appointment">
          {none && <p className="lead">{text("kiosk.mine.appointment.none")}</p>}
          {due !== undefined && <p className="lead">{text("kiosk.next.by", { date: dayWords(text, due) })}</p>}
          {waits && (
            <p className="lead" data-testid="book-waits">
              {text("kiosk.book.asked")}
            </p>
          )}
          {said.map(({ key, params: { day = "" } = {} }) => (
            <p key={key} className="lead" data-testid="book-answer">
              {text.of(key, { day: day === "" ? day : dayWords(text, day) })}
            </p>
          ))}
        </div>
      </div>
    </Screen>
  );
}
