import { Picture, type PictureName } from "./picture.tsx";

/** A picture that is struck through: the wrong way, or "no". `says` is for readers. */
export function Struck({ name, says = "" }: { readonly name: PictureName; readonly says?: string }) {
  return (
    <span className="struck">
      <Picture name={name} says={says} />
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <path className="struck-under" d="M7 93L93 7" vectorEffect="non-scaling-stroke" />
        <path d="M7 93L93 7" vectorEffect="non-scaling-stroke" />
      </svg>
    </span>
  );
}
