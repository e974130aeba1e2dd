/** Who somebody is: by which ways they come, records that are one person's, a number's origin, a guest's results. */
export const kioskIdentity = {
  "kiosk.ways.open": "How I come in",
  "kiosk.ways.title": "You can come in with these",
  "kiosk.ways.what": 'Press "Take away" for what you no longer want.',
  "kiosk.ways.needsCard": "To add another way, come in with your ID card.",
  "kiosk.ways.card": "ID card",
  "kiosk.ways.phone": "Phone number and the last four of the ID number",
  "kiosk.ways.code": "Health code",
  "kiosk.ways.since": "Since {day}",
  "kiosk.ways.remove": "Take away",
  "kiosk.ways.add": "Add another way",
  "kiosk.ways.back": "Back",

  "kiosk.same.joined": "Two records of yours are now together",
  "kiosk.same.parted": "Your records are apart again",
  "kiosk.same.who": "Who decided it",
  "kiosk.same.wrong": "That is wrong",
  "kiosk.same.checked": "Somebody will check it",
  "kiosk.same.checked.what": "The health center will ask you. If it was wrong, it is put right.",

  "kiosk.from.typed": "typed by hand",
  "kiosk.from.joined": "from your other record",
  "kiosk.from.claimed": "measured without a name",
  "kiosk.from.others": "{n} of them from your other record",
} as const;
