/** Line icons, 24 × 24, drawn for this project. They stand beside a word, so they are hidden from readers. */
const paths = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.3a2.6 2.6 0 1 1 3.7 2.5c-.8.4-1.2 1-1.2 1.9M12 17v.1",
  leave: "M14 4H6v16h8M10 12h10M17 8.5l3.5 3.5-3.5 3.5",
  stop: "M8 3h8l5 5v8l-5 5H8l-5-5V8ZM9 9l6 6M15 9l-6 6",
  call: "M3 7.5A2.5 2.5 0 0 1 5.5 5h7A2.5 2.5 0 0 1 15 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-7A2.5 2.5 0 0 1 3 16.5ZM15 10.5l6-3.5v10l-6-3.5",
  hangUp: "M2 14.5C7.5 7.5 16.5 7.5 22 14.5l-3 3.5-4.2-2.2v-3a9 9 0 0 0-5.6 0v3L5 18Z",
  again: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4.5H15",
  yes: "M4.5 12.5l5 5 10-11",
  no: "M6 6l12 12M18 6L6 18",
  away: "M4 4l16 16M8.5 8.7A9.5 9.5 0 0 0 4.5 11M11 6.1A12.5 12.5 0 0 1 21 9.5M8 14.5a6 6 0 0 1 5-1.6M12 18.6v.1",
  list: "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1",
  heart: "M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.4 4.3 4.3 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10Z",
  guest: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.9-4 3.9-6 7.5-6s6.6 2 7.5 6",
  lock: "M6.5 11h11v9h-11ZM8.5 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.200l3.5 2",
  voice: "M4 9.500h4l5-4.500v14l-5-4.500H4ZM16.5 9a4.500 4.500 0 0 1 0 6",
  louder: "M3 9.500h4l5-4.500v14l-5-4.500H3ZM15.5 9a4.500 4.500 0 0 1 0 6M18.5 6a8.500 8.500 0 0 1 0 12",
  lower: "M4 4h16M12 8v11M6.5 13.500L12 19l5.500-5.500",
  textSize: "M2.500 19l5-13 5 13M4.300 14.500h6.400M14 19l3.500-8.500L21 19M15.200 16h4.600",
  upper: "M4 20h16M12 16V5M6.500 10.500L12 5l5.500 5.500",
  mic: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM6 11a6 6 0 0 0 12 0M12 17v4",
  micOff: "M9 9V6a3 3 0 0 1 6 0v5M6 11a6 6 0 0 0 10 4.500M12 17v4M4 4l16 16",
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
