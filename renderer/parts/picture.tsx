import bell from "../../resources/pictures/bell.svg?no-inline";
import bloodPressure from "../../resources/pictures/bloodPressure.svg?no-inline";
import cuff from "../../resources/pictures/cuff.svg?no-inline";
import doctor from "../../resources/pictures/doctor.svg?no-inline";
import finger from "../../resources/pictures/finger.svg?no-inline";
import glucose from "../../resources/pictures/glucose.svg?no-inline";
import goodbye from "../../resources/pictures/goodbye.svg?no-inline";
import hands from "../../resources/pictures/hands.svg?no-inline";
import lipids from "../../resources/pictures/lipids.svg?no-inline";
import mealAfter from "../../resources/pictures/mealAfter.svg?no-inline";
import mealAny from "../../resources/pictures/mealAny.svg?no-inline";
import mealFasting from "../../resources/pictures/mealFasting.svg?no-inline";
import quiet from "../../resources/pictures/quiet.svg?no-inline";
import sit from "../../resources/pictures/sit.svg?no-inline";
import strip from "../../resources/pictures/strip.svg?no-inline";

const pictures = {
  bell,
  bloodPressure,
  cuff,
  doctor,
  finger,
  glucose,
  goodbye,
  hands,
  lipids,
  mealAfter,
  mealAny,
  mealFasting,
  quiet,
  sit,
  strip,
} as const;
export type PictureName = keyof typeof pictures;

/** A picture of `resources/pictures`; those that move hold still when the person asked for less motion. `says` is for readers; without it the picture only decorates the words beside it. */
export function Picture({
  name,
  says = "",
  className = "",
}: {
  readonly name: PictureName;
  readonly says?: string;
  readonly className?: string;
}) {
  return <img className={`picture ${className}`} src={pictures[name]} alt={says} draggable={false} />;
}
