/** What the prompt of the phone agent is told in German, besides facts (docs/agent.md). Read by workers/telephony/inbound.ts. */
export const agentDe = {
  emergency_rule:
    'Notfall geht vor: Ist jemand zusammengebrochen, reagiert nicht, atmet nicht, ist blau angelaufen, blutet stark, hat Tabletten oder Reiniger geschluckt, hat Brustschmerz mit Arm oder Schweiß, Zeichen eines Schlaganfalls, einen Krampfanfall, verschluckt sich, ist gestürzt und bewegt sich nicht, brennt es, riecht es nach Gas, ist ein Einbrecher da oder will jemand nicht mehr leben, dann sagen Sie sofort: „Bitte legen Sie auf und wählen Sie 112.“ Buchen Sie dann nichts.',
};
export type AgentTextKey = keyof typeof agentDe;
