import alcohol from "../../resources/pictures/alcohol.svg?no-inline";
import armLarge from "../../resources/pictures/armLarge.svg?no-inline";
import armSmall from "../../resources/pictures/armSmall.svg?no-inline";
import armStandard from "../../resources/pictures/armStandard.svg?no-inline";
import bell from "../../resources/pictures/bell.svg?no-inline";
import bloodPressure from "../../resources/pictures/bloodPressure.svg?no-inline";
import body from "../../resources/pictures/body.svg?no-inline";
import book from "../../resources/pictures/book.svg?no-inline";
import cleaned from "../../resources/pictures/cleaned.svg?no-inline";
import code from "../../resources/pictures/code.svg?no-inline";
import comeBack from "../../resources/pictures/comeBack.svg?no-inline";
import consentFamily from "../../resources/pictures/consentFamily.svg?no-inline";
import consentKeep from "../../resources/pictures/consentKeep.svg?no-inline";
import consentSend from "../../resources/pictures/consentSend.svg?no-inline";
import consents from "../../resources/pictures/consents.svg?no-inline";
import cuff from "../../resources/pictures/cuff.svg?no-inline";
import cuffWrong from "../../resources/pictures/cuffWrong.svg?no-inline";
import doctor from "../../resources/pictures/doctor.svg?no-inline";
import faceBad from "../../resources/pictures/faceBad.svg?no-inline";
import faceFair from "../../resources/pictures/faceFair.svg?no-inline";
import faceGood from "../../resources/pictures/faceGood.svg?no-inline";
import family from "../../resources/pictures/family.svg?no-inline";
import finger from "../../resources/pictures/finger.svg?no-inline";
import fingerIn from "../../resources/pictures/fingerIn.svg?no-inline";
import fingerInWrong from "../../resources/pictures/fingerInWrong.svg?no-inline";
import fingerWrong from "../../resources/pictures/fingerWrong.svg?no-inline";
import forehead from "../../resources/pictures/forehead.svg?no-inline";
import foreheadWrong from "../../resources/pictures/foreheadWrong.svg?no-inline";
import glucose from "../../resources/pictures/glucose.svg?no-inline";
import goodbye from "../../resources/pictures/goodbye.svg?no-inline";
import guest from "../../resources/pictures/guest.svg?no-inline";
import guidance from "../../resources/pictures/guidance.svg?no-inline";
import hands from "../../resources/pictures/hands.svg?no-inline";
import height from "../../resources/pictures/height.svg?no-inline";
import homeSeries from "../../resources/pictures/homeSeries.svg?no-inline";
import hospital from "../../resources/pictures/hospital.svg?no-inline";
import lancet from "../../resources/pictures/lancet.svg?no-inline";
import layCard from "../../resources/pictures/layCard.svg?no-inline";
import layCode from "../../resources/pictures/layCode.svg?no-inline";
import learn from "../../resources/pictures/learn.svg?no-inline";
import lipids from "../../resources/pictures/lipids.svg?no-inline";
import mealAfter from "../../resources/pictures/mealAfter.svg?no-inline";
import mealAny from "../../resources/pictures/mealAny.svg?no-inline";
import mealFasting from "../../resources/pictures/mealFasting.svg?no-inline";
import mealWith from "../../resources/pictures/mealWith.svg?no-inline";
import medicine from "../../resources/pictures/medicine.svg?no-inline";
import medicineNone from "../../resources/pictures/medicineNone.svg?no-inline";
import medicineTaken from "../../resources/pictures/medicineTaken.svg?no-inline";
import medicineUnsure from "../../resources/pictures/medicineUnsure.svg?no-inline";
import oximetry from "../../resources/pictures/oximetry.svg?no-inline";
import packages from "../../resources/pictures/packages.svg?no-inline";
import paper from "../../resources/pictures/paper.svg?no-inline";
import phone from "../../resources/pictures/phone.svg?no-inline";
import prepared from "../../resources/pictures/prepared.svg?no-inline";
import quiet from "../../resources/pictures/quiet.svg?no-inline";
import quietWrong from "../../resources/pictures/quietWrong.svg?no-inline";
import record from "../../resources/pictures/record.svg?no-inline";
import registration from "../../resources/pictures/registration.svg?no-inline";
import self from "../../resources/pictures/self.svg?no-inline";
import sharps from "../../resources/pictures/sharps.svg?no-inline";
import shoesOff from "../../resources/pictures/shoesOff.svg?no-inline";
import shoesOffWrong from "../../resources/pictures/shoesOffWrong.svg?no-inline";
import signApple from "../../resources/pictures/signApple.svg?no-inline";
import signBoat from "../../resources/pictures/signBoat.svg?no-inline";
import signFish from "../../resources/pictures/signFish.svg?no-inline";
import signFlower from "../../resources/pictures/signFlower.svg?no-inline";
import signHouse from "../../resources/pictures/signHouse.svg?no-inline";
import signLantern from "../../resources/pictures/signLantern.svg?no-inline";
import signMoon from "../../resources/pictures/signMoon.svg?no-inline";
import signSun from "../../resources/pictures/signSun.svg?no-inline";
import signTree from "../../resources/pictures/signTree.svg?no-inline";
import sit from "../../resources/pictures/sit.svg?no-inline";
import sitWrong from "../../resources/pictures/sitWrong.svg?no-inline";
import sleep from "../../resources/pictures/sleep.svg?no-inline";
import smoke from "../../resources/pictures/smoke.svg?no-inline";
import strip from "../../resources/pictures/strip.svg?no-inline";
import sxAbdominal from "../../resources/pictures/sxAbdominal.svg?no-inline";
import sxAcetone from "../../resources/pictures/sxAcetone.svg?no-inline";
import sxBack from "../../resources/pictures/sxBack.svg?no-inline";
import sxBleed from "../../resources/pictures/sxBleed.svg?no-inline";
import sxChest from "../../resources/pictures/sxChest.svg?no-inline";
import sxConscious from "../../resources/pictures/sxConscious.svg?no-inline";
import sxDeepBreath from "../../resources/pictures/sxDeepBreath.svg?no-inline";
import sxDyspnea from "../../resources/pictures/sxDyspnea.svg?no-inline";
import sxEdema from "../../resources/pictures/sxEdema.svg?no-inline";
import sxFaint from "../../resources/pictures/sxFaint.svg?no-inline";
import sxHeadache from "../../resources/pictures/sxHeadache.svg?no-inline";
import sxOther from "../../resources/pictures/sxOther.svg?no-inline";
import sxPalpitation from "../../resources/pictures/sxPalpitation.svg?no-inline";
import sxPoly from "../../resources/pictures/sxPoly.svg?no-inline";
import sxSeizure from "../../resources/pictures/sxSeizure.svg?no-inline";
import sxStiffNeck from "../../resources/pictures/sxStiffNeck.svg?no-inline";
import sxStroke from "../../resources/pictures/sxStroke.svg?no-inline";
import sxSweat from "../../resources/pictures/sxSweat.svg?no-inline";
import sxVision from "../../resources/pictures/sxVision.svg?no-inline";
import sxVomit from "../../resources/pictures/sxVomit.svg?no-inline";
import temperature from "../../resources/pictures/temperature.svg?no-inline";
import timeAfternoon from "../../resources/pictures/timeAfternoon.svg?no-inline";
import timeBedtime from "../../resources/pictures/timeBedtime.svg?no-inline";
import timeEvening from "../../resources/pictures/timeEvening.svg?no-inline";
import timeMorning from "../../resources/pictures/timeMorning.svg?no-inline";
import timeNoon from "../../resources/pictures/timeNoon.svg?no-inline";
import waist from "../../resources/pictures/waist.svg?no-inline";
import weekNext from "../../resources/pictures/weekNext.svg?no-inline";
import weekThis from "../../resources/pictures/weekThis.svg?no-inline";

const pictures = {
  alcohol,
  armLarge,
  armSmall,
  armStandard,
  bell,
  bloodPressure,
  body,
  book,
  cleaned,
  code,
  comeBack,
  consentFamily,
  consentKeep,
  consentSend,
  consents,
  cuff,
  cuffWrong,
  doctor,
  faceBad,
  faceFair,
  faceGood,
  family,
  finger,
  fingerIn,
  fingerInWrong,
  fingerWrong,
  forehead,
  foreheadWrong,
  glucose,
  goodbye,
  guest,
  guidance,
  hands,
  height,
  homeSeries,
  hospital,
  lancet,
  layCard,
  layCode,
  learn,
  lipids,
  mealAfter,
  mealAny,
  mealFasting,
  mealWith,
  medicine,
  medicineNone,
  medicineTaken,
  medicineUnsure,
  oximetry,
  packages,
  paper,
  phone,
  prepared,
  quiet,
  quietWrong,
  record,
  registration,
  self,
  sharps,
  shoesOff,
  shoesOffWrong,
  signApple,
  signBoat,
  signFish,
  signFlower,
  signHouse,
  signLantern,
  signMoon,
  signSun,
  signTree,
  sit,
  sitWrong,
  sleep,
  smoke,
  strip,
  sxAbdominal,
  sxAcetone,
  sxBack,
  sxBleed,
  sxChest,
  sxConscious,
  sxDeepBreath,
  sxDyspnea,
  sxEdema,
  sxFaint,
  sxHeadache,
  sxOther,
  sxPalpitation,
  sxPoly,
  sxSeizure,
  sxStiffNeck,
  sxStroke,
  sxSweat,
  sxVision,
  sxVomit,
  temperature,
  timeAfternoon,
  timeBedtime,
  timeEvening,
  timeMorning,
  timeNoon,
  waist,
  weekNext,
  weekThis,
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
