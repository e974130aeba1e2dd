import type { Migration } from "../migrate.ts";

/**
 * Who is who: views of the journals. `persons`: the newest registration of every record, `alike` the name without spelling.
 * `codes.key`: under the secret in `secrets`, which is no view. `joinings.parted` and `aparts.seq`: the entry that said so. Of a
 * pair the smaller id of a resident is `one`.
 */
export const persons: Migration = {
  version: 96,
  sql: `
    CREATE TABLE persons (
      station TEXT NOT NULL,
      resident TEXT NOT NULL,
      alike TEXT NOT NULL,
      sex TEXT NOT NULL,
      birth_year INTEGER NOT NULL,
      name TEXT NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (station, resident)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX persons_alike ON persons (alike, sex, birth_year);
    CREATE INDEX persons_by_resident ON persons (resident);
    INSERT OR REPLACE INTO persons
      SELECT owner, subject, lower(replace(json_extract(entry, '$.body.name'), ' ', '')),
        json_extract(entry, '$.body.sex'), json_extract(entry, '$.body.birthYear'), json_extract(entry, '$.body.name'), seq
      FROM station_entries WHERE type = 'resident.registered' AND subject IS NOT NULL ORDER BY seq;

    CREATE TABLE codes (
      key TEXT NOT NULL,
      station TEXT NOT NULL,
      resident TEXT NOT NULL,
      seq INTEGER NOT NULL REFERENCES entries (seq),
      PRIMARY KEY (key, station, resident)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE joinings (
      id TEXT PRIMARY KEY,
      one TEXT NOT NULL,
      other TEXT NOT NULL,
      seq INTEGER NOT NULL REFERENCES entries (seq),
      parted INTEGER REFERENCES entries (seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX joinings_one ON joinings (one) WHERE parted IS NULL;
    CREATE INDEX joinings_other ON joinings (other) WHERE parted IS NULL;

    CREATE TABLE aparts (
      one TEXT NOT NULL,
      other TEXT NOT NULL,
      seq INTEGER NOT NULL REFERENCES entries (seq),
      PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE secrets (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
