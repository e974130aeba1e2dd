/** A plan in the sentences that the doctor chooses and the resident hears. */
export const plan = {
  "plan.say.goals": "要做到的：",
  "plan.say.tasks": "平时要做的：",
  "plan.say.review": "{day}请再来，医生看看计划要不要改。",

  "plan.goal.pressureBelow140": "血压降到140和90以下。",
  "plan.goal.pressureBelow150": "血压降到150和90以下。",
  "plan.goal.pressureBelow130": "血压降到130和80以下。",
  "plan.goal.fastingGlucoseBelow7": "早上空腹的血糖降到7以下。",
  "plan.goal.weightDown5Percent": "体重慢慢减，一百斤里减五斤。",
  "plan.goal.bmiBelow24": "体重减到合适，医生告诉您是多少。",
  "plan.goal.waistDown": "腰围降下来：男的不到90厘米，女的不到85厘米。",
  "plan.goal.lipidsAtTarget": "血脂降到正常。",
  "plan.goal.noSmoking": "把烟戒掉。",
  "plan.goal.noAlcohol": "不喝酒。",

  "plan.task.measurePressureWeekly": "每周量一次血压，把数记下来。",
  "plan.task.measurePressureDaily": "每天早上量一次血压，把数记下来。",
  "plan.task.measureGlucoseWeekly": "每周早上空腹测一次血糖，把数记下来。",
  "plan.task.weighWeekly": "每周称一次体重。",
  "plan.task.saltBelow5": "吃淡一点，每天的盐不超过一啤酒瓶盖。",
  "plan.task.walk30": "每天走路半小时，走到微微出汗。",
  "plan.task.takeMedicine": "药按医生说的天天吃，不要自己停。",
  "plan.task.stopSmoking": "定一个日子不再抽烟；难受就来找我们。",
  "plan.task.footCheck": "每天看看脚，破了、肿了、发黑了马上来。",
  "plan.task.comeToStation": "每个月到站点来量一次。",
  "plan.task.yearlyCheck": "每年做一次全面检查。",
} as const;
