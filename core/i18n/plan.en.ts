import type { plan as zh } from "./plan.zh-CN.ts";

/** Same keys and placeholders as plan.zh-CN.ts. */
export const plan = {
  "plan.say.goals": "What we want to reach:",
  "plan.say.tasks": "What to do:",
  "plan.say.review": "Please come again on {day}. The doctor will see whether the plan has to change.",

  "plan.goal.pressureBelow140": "Blood pressure below 140 and 90.",
  "plan.goal.pressureBelow150": "Blood pressure below 150 and 90.",
  "plan.goal.pressureBelow130": "Blood pressure below 130 and 80.",
  "plan.goal.fastingGlucoseBelow7": "Morning sugar before food below 7.",
  "plan.goal.weightDown5Percent": "Slowly lose weight: five kilograms of a hundred.",
  "plan.goal.bmiBelow24": "Reach a healthy weight. The doctor tells you how much that is.",
  "plan.goal.waistDown": "A smaller waist: men below 90, women below 85 centimeters.",
  "plan.goal.lipidsAtTarget": "Blood fats back to normal.",
  "plan.goal.noSmoking": "Stop smoking.",
  "plan.goal.noAlcohol": "No alcohol.",

  "plan.task.measurePressureWeekly": "Measure your blood pressure every week and write it down.",
  "plan.task.measurePressureDaily": "Measure your blood pressure every morning and write it down.",
  "plan.task.measureGlucoseWeekly": "Measure your sugar every week before breakfast and write it down.",
  "plan.task.weighWeekly": "Weigh yourself every week.",
  "plan.task.saltBelow5": "Eat less salt: no more than one bottle cap a day.",
  "plan.task.walk30": "Walk half an hour every day, until you sweat a little.",
  "plan.task.takeMedicine": "Take your medicine every day as the doctor said. Do not stop by yourself.",
  "plan.task.stopSmoking": "Choose a day to stop smoking. If it is hard, come to us.",
  "plan.task.footCheck": "Look at your feet every day. If one is sore, swollen or black, come at once.",
  "plan.task.comeToStation": "Come to the station every month to measure.",
  "plan.task.yearlyCheck": "Have a full check every year.",
} as const satisfies Record<keyof typeof zh, string>;
