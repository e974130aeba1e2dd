import { zh } from "../../core/i18n/zh-CN.ts";
import { keepWords } from "../parts/words.ts";

keepWords(zh);
