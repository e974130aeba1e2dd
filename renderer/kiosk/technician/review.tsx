import { Press } from "../../parts/press.tsx";
import { nameOf } from "./device-words.tsx";
import { Card, Data, Facts, Mark, Page } from "./parts.tsx";
import { usePlace } from "./session.ts";
import { useTech } from "./words.ts";
import { ProofButton } from "./proof-sheet.tsx";

/** Results taken since the last good control of a device whose control failed. How many and which; never their numbers. */
export function ReviewPage() {
  const tech = useTech();
  const { quality, devices, go } = usePlace();
  const review = quality?.review ?? [];
  return (
    <Page name="review" title={tech("tech.review.title")} note={tech("tech.review.what")}>
      {review.length === 0 && <p className="lead">{tech("tech.review.none")}</p>}
      <div className="tech-grid tech-grid-two">
        {review.map((one) => (
          <Card
            key={one.entry}
            title={<Data>{nameOf(devices, one.device)}</Data>}
            mark={<Mark kind="care">{tech("tech.review.count", { n: one.measurements.length })}</Mark>}
            testId="review"
            actions={
              <Press kind="second" onPress={() => go({ at: "release", device: one.device })} testId="review-release">
                {tech("tech.release.title")}
              </Press>
            }
          >
            <Facts
              rows={[
                ["tech.review.since", one.since === null ? tech("tech.never") : tech.moment(one.since)],
                ["tech.review.at", tech.moment(one.at)],
              ]}
            />
            <ul className="tech-suggestions">
              {one.measurements.map((measurement, index) => (
                <li key={measurement}>
                  <ProofButton measurement={measurement} label={tech("tech.review.one", { n: index + 1 })} />
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </Page>
  );
}
