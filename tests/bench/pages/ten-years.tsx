import { TrendPlot } from "../../../renderer/kiosk/trend-plot.tsx";

const months = Array.from({ length: 120 }, (_, month) => month);
const days = months.map((month) => `${(month % 12) + 1}`);
const lines = [
  months.map((month) => 132 + 9 * Math.sin(month / 5)),
  months.map((month) => 84 + 6 * Math.sin(month / 7)),
];
const words = months.map(() => "");

/** Ten years of pressures, one a month, as the result screen draws them. */
export function TenYears() {
  return (
    <div className="trend">
      <TrendPlot days={days} lines={lines} words={words} />
    </div>
  );
}
