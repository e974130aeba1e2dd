import { kioskFirst } from "../../core/i18n/kiosk-first.zh-CN.ts";
import { keepWords } from "../parts/words.ts";

keepWords(kioskFirst);
