/** What the operator watches and does about it, in one lazily loaded part. Called by watch-routes.ts. */
export { endForwarding, setForwarding, showForwarding, testForwarding } from './commands/defect-forwarding.ts';
export { replayWebhook } from './commands/replay-webhook.ts';
export { runLiveCheck } from './commands/run-live-check.ts';
export { settleDefectByHand } from './commands/settle-defect.ts';
export { switchEvent } from './commands/switch-event.ts';
export { eventList, inboundList, inboundOne } from './queries/inbound.ts';
export { parkedOne, queueList, shardList } from './queries/queues.ts';
export { defectList, liveCheckList, logList, uptime } from './queries/watch.ts';
