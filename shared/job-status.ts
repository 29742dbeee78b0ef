/** Words of work in the background: states of jobs and their steps, outcomes of cron runs. Read by tables, runner, contract and tests. */

/** `queued` waits for its turn, `running` is being worked on, `paused` waits for a person; the others are ends. */
export const JOB_STATES = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export const JOB_STEP_STATES = ['pending', 'running', 'done'] as const;
export type JobStepState = (typeof JOB_STEP_STATES)[number];

/** Whose items a job works on: those of its own tenant, or everybody's (the operator's jobs). */
export const JOB_REACHES = ['tenant', 'platform'] as const;
export type JobReach = (typeof JOB_REACHES)[number];

/** What the operator does with a tenant's job. */
export const TENANT_JOB_ACTIONS = ['pause', 'resume', 'cancel', 'rerun'] as const;
export type TenantJobAction = (typeof TENANT_JOB_ACTIONS)[number];

/** What is kept of single items: those that failed, and those that a dry run would have changed. */
export const JOB_ITEM_OUTCOMES = ['failed', 'planned'] as const;
export type JobItemOutcome = (typeof JOB_ITEM_OUTCOMES)[number];

/** `lost`: the isolate died and the run was not taken over, because a newer one was due. */
export const CRON_OUTCOMES = ['running', 'done', 'failed', 'lost'] as const;
export type CronOutcome = (typeof CRON_OUTCOMES)[number];

export const CRON_TRIGGERS = ['schedule', 'hand'] as const;
export type CronTrigger = (typeof CRON_TRIGGERS)[number];

/** What happens to missed due times: only the latest is run, each is run, or none. */
export const CATCH_UPS = ['last', 'each', 'skip'] as const;
export type CatchUp = (typeof CATCH_UPS)[number];
