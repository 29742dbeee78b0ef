/** Names the D1 schema for drizzle-kit; the migrations themselves come from `npm run db:migration`. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './workers/storage/tables/*.ts',
  out: './migrations',
});
