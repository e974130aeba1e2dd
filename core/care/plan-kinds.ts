/** What a plan may aim at, and what it may ask of a resident: the words of each are in the catalogue, and are spoken. */
export const goalKinds = [
  "pressureBelow140",
  "pressureBelow150",
  "pressureBelow130",
  "fastingGlucoseBelow7",
  "weightDown5Percent",
  "bmiBelow24",
  "waistDown",
  "lipidsAtTarget",
  "noSmoking",
  "noAlcohol",
] as const;
export const planTaskKinds = [
  "measurePressureWeekly",
  "measurePressureDaily",
  "measureGlucoseWeekly",
  "weighWeekly",
  "saltBelow5",
  "walk30",
  "takeMedicine",
  "stopSmoking",
  "footCheck",
  "comeToStation",
  "yearlyCheck",
] as const;
export type GoalKind = (typeof goalKinds)[number];
export type PlanTaskKind = (typeof planTaskKinds)[number];

/** A person remembers few things: more than so many are none. */
export const mostGoals = 4;
export const mostPlanTasks = 6;
