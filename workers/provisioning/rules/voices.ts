/** Pure: our voices as Retell calls them, whose list says no language of a voice. Read by wanted.ts and by the commands. */
import type { AgentVoiceName } from '../../../shared/agent-sets.ts';
import type { Language } from '../../../shared/i18n/language.ts';

interface AgentVoice {
  voiceId: string;
  /** speaks when the first one's provider is down: always another provider */
  fallbackId: string;
  languages: readonly Language[];
}

export const AGENT_VOICES: Readonly<Record<AgentVoiceName, AgentVoice>> = {
  clara: { voiceId: '11labs-Carola', fallbackId: 'openai-Nova', languages: ['de'] },
  jonas: { voiceId: '11labs-Jonas', fallbackId: 'openai-Onyx', languages: ['de'] },
  mila: { voiceId: 'openai-Nova', fallbackId: 'cartesia-Mila', languages: ['de', 'en'] },
  adrian: { voiceId: '11labs-Adrian', fallbackId: 'openai-Echo', languages: ['en'] },
};
