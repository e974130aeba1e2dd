import { z } from "zod";

/**
 * The pages may not compile code from text (content security policy). The schema library would try, be refused, and leave
 * a violation on the console; it works as well without. Imported first, before any schema is made.
 */
z.config({ jitless: true });
