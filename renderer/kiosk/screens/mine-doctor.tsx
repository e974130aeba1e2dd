import { useCallback, useEffect, useMemo, useState } from "react";
import type { TeamMember } from "../../../core/contract/hub-contracts.ts";
import type { DoctorContract, DoctorView } from "../../../core/contract/visit-doctor.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { createDoctorActs, type Answered } from "../my-doctor.ts";
import { useEngine, useShown } from "../use-kiosk.ts";
import {
  DoctorComes,
  DoctorFault,
  DoctorHas,
  DoctorNone,
  DoctorWaits,
  OneDoctor,
  ReallyLeave,
} from "./mine-doctor-parts.tsx";
import { SignDoctor } from "./mine-doctor-sign.tsx";

type At =
  | { readonly page: "home" }
  /** One doctor after the other. */
  | { readonly page: "choose"; readonly nth: number }
  /** The agreement, read out; then the person's own yes. `renews`: the contract that it goes on with. */
  | { readonly page: "terms"; readonly doctor: TeamMember; readonly renews?: string }
  | { readonly page: "leave" };

/** Who my doctor is, how to reach them, choosing one, and leaving them at any time. */
export function MyDoctor() {
  const engine = useEngine();
  const { visit } = useShown();
  const acts = useMemo(() => createDoctorActs(engine.own), [engine]);
  const [view, setView] = useState<DoctorView>();
  const [fault, setFault] = useState<FaultCode>();
  const [at, setAt] = useState<At>({ page: "home" });
  const isGuest = visit?.kind !== "resident";

  const heard = useCallback((answer: Answered<DoctorView>) => {
    if (answer.ok) setView(answer.value);
    else setFault(answer.code);
  }, []);
  useEffect(() => {
    let left = isGuest;
    if (!left)
      void acts.read().then((answer) => {
        if (!left) heard(answer);
      });
    return () => {
      left = true;
    };
  }, [acts, isGuest, heard]);

  /** Done or not, the person is back where their doctor stands. */
  const act = async (work: () => Promise<FaultCode | undefined>) => {
    setFault(await work());
    heard(await acts.read());
    setAt({ page: "home" });
  };

  if (isGuest) return <DoctorFault code="identify.notFound" />;
  if (fault !== undefined) return <DoctorFault code={fault} onOn={() => setFault(undefined)} />;
  if (view === undefined) return <DoctorComes />;
  const doctors = view.team.filter(({ role }) => role === "doctor");
  // Whom one has, or has just asked, is not offered once more.
  const others = doctors.filter(({ id }) => id !== view.active?.doctor.id && id !== view.asked?.doctor.id);
  const choice = others.length > 0 ? others : doctors;
  const choose = () => {
    if (!view.mayChoose) setFault("identify.cardNeeded");
    else if (choice.length === 0) setFault("care.unknown");
    else setAt({ page: "choose", nth: 0 });
  };
  /** By one's own act again, and with the same doctor; with another one it is another contract. */
  const renew =
    ({ id, doctor }: DoctorContract) =>
    () => {
      const same = doctors.find((one) => one.id === doctor.id);
      if (!view.mayChoose) setFault("identify.cardNeeded");
      else if (same === undefined) choose();
      else setAt({ page: "terms", doctor: same, renews: id });
    };
  const nth = at.page === "choose" ? at.nth % Math.max(choice.length, 1) : 0;
  const one: TeamMember | undefined = choice[nth];

  if (at.page === "choose" && one !== undefined)
    return (
      <OneDoctor
        one={one}
        more={choice.length > 1}
        onMore={() => setAt({ page: "choose", nth: nth + 1 })}
        onThis={() => setAt({ page: "terms", doctor: one })}
      />
    );
  if (at.page === "terms")
    return (
      <SignDoctor
        doctor={at.doctor}
        renews={at.renews}
        packages={view.packages}
        acts={acts}
        onNo={() => setAt({ page: "home" })}
        onSign={(drawn) => void act(() => acts.sign(drawn))}
      />
    );
  const { active, asked, over } = view;
  const contract = active ?? (asked?.state === "asked" ? asked : undefined);
  if (at.page === "leave" && contract !== undefined)
    return (
      <ReallyLeave
        doctor={contract.doctor}
        onKeep={() => setAt({ page: "home" })}
        onLeave={() => void act(() => acts.end(contract.id))}
        onOther={active === undefined ? undefined : choose}
      />
    );
  if (active !== undefined)
    return (
      <DoctorHas
        active={active}
        asked={asked}
        team={view.team}
        onCall={() => engine.send({ kind: "callDoctor" })}
        onLeave={() => setAt({ page: "leave" })}
        onRenew={renew(active)}
      />
    );
  if (asked?.state === "asked")
    return <DoctorWaits asked={asked} onLeave={() => setAt({ page: "leave" })} onPrint={() => acts.print(asked.id)} />;
  return <DoctorNone declined={asked} over={over} onChoose={choose} />;
}
