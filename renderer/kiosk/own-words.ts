import { resident } from "../../core/i18n/resident.zh-CN.ts";
import { keepWords } from "../parts/words.ts";

keepWords(resident);
