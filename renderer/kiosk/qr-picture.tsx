import { useMemo } from "react";
import { encode } from "uqr";

/** A QR code as one picture, with the four clear modules around it that the standard asks for. */
export function QrPicture({ words, says }: { readonly words: string; readonly says: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: modules } = encode(words, { ecc: "M", border: 4 });
    const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: modules, path: squares.join("") };
  }, [words]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={says}
      shapeRendering="crispEdges"
      data-testid="qr"
    >
      <path d={path} />
    </svg>
  );
}
