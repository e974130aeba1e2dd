/** Ids are UUIDv7 strings made where the record is made; the brand keeps one kind from passing for another. */
declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type StationId = Id<"station">;
export type ResidentId = Id<"resident">;
export type VisitId = Id<"visit">;
export type MeasurementId = Id<"measurement">;
export type DeviceId = Id<"device">;
export type CallId = Id<"call">;
export type OpinionId = Id<"opinion">;
export type EntryId = Id<"entry">;
export type ClinicianId = Id<"clinician">;
