/** Who of an institution can be in the team of a family doctor. */
export const teamRoles = ["villageDoctor", "doctor", "pharmacist"] as const;
