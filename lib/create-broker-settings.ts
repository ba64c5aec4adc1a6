import type { BrokerSettings } from "@/lib/broker/broker-settings";
import type { Settings } from "@/lib/env";

/** What of the settings says which broker to open. */
export function createBrokerSettings(settings: Settings): BrokerSettings {
  return {
    url: settings.CELERY_BROKER_URL,
    options: settings.CELERIAC_BROKER_OPTIONS,
    managementUrl: settings.RABBITMQ_MANAGEMENT_URL,
  };
}
