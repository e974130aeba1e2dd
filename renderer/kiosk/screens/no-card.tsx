import { useText } from "../../parts/language.tsx";
import { Choice, Choices } from "../board.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** Without a card: by phone, or without a name. */
export function NoCard() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen name="no-card" title={text("kiosk.noCard.title")} says={[{ key: "kiosk.noCard.title" }]}>
      <Choices>
        <Choice
          picture="phone"
          what={text("kiosk.noCard.phone.what")}
          onPress={() => engine.send({ kind: "phone" })}
          testId="phone"
        >
          {text("kiosk.noCard.phone")}
        </Choice>
        <Choice
          picture="guest"
          what={text("kiosk.noCard.guest.what")}
          onPress={() => engine.send({ kind: "guest" })}
          testId="guest"
        >
          {text("kiosk.noCard.guest")}
        </Choice>
      </Choices>
    </Screen>
  );
}
