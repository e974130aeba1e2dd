import { AssignPage } from "./assign.tsx";
import { CapturesPage } from "./captures.tsx";
import { ChartPage } from "./chart.tsx";
import { CheckPage } from "./check.tsx";
import { ChecksPage } from "./checks.tsx";
import { ComparisonPage } from "./comparison.tsx";
import { ControlPage } from "./control.tsx";
import { DevicePage } from "./device.tsx";
import { DevicesPage } from "./devices.tsx";
import { DoctorPage } from "./doctor.tsx";
import { LivePage } from "./live.tsx";
import { LogPage } from "./log.tsx";
import { LotsPage } from "./lots.tsx";
import { OfferPage } from "./offer.tsx";
import { OffersPage } from "./offers.tsx";
import { OverridePage } from "./override.tsx";
import { ProfilesPage } from "./profiles.tsx";
import { QualityPage } from "./quality.tsx";
import { ReleasePage } from "./release.tsx";
import { ReviewPage } from "./review.tsx";
import type { Route } from "./route.ts";
import { StaffPage } from "./staff.tsx";
import { TodayPage } from "./today.tsx";
import { VerifyPage } from "./verify.tsx";
import { RecordingPage } from "./voice-recording.tsx";
import { VoicePage } from "./voice.tsx";

export function CurrentPage({ route }: { readonly route: Route }) {
  switch (route.at) {
    case "today":
      return <TodayPage />;
    case "devices":
      return <DevicesPage />;
    case "device":
      return <DevicePage id={route.device} />;
    case "assign":
      return <AssignPage port={route.port} />;
    case "profiles":
      return <ProfilesPage />;
    case "doctor":
      return <DoctorPage id={route.device} />;
    case "live":
      return <LivePage id={route.device} />;
    case "captures":
      return <CapturesPage />;
    case "voice":
      return <VoicePage />;
    case "recording":
      return <RecordingPage id={route.pack} />;
    case "offers":
      return <OffersPage />;
    case "offer":
      return <OfferPage kind={route.kind} item={route.item} />;
    case "log":
      return <LogPage />;
    case "quality":
      return <QualityPage />;
    case "lots":
      return <LotsPage id={route.device} />;
    case "control":
      return <ControlPage which={{ device: route.device, analyte: route.analyte, level: route.level }} />;
    case "chart":
      return <ChartPage which={{ device: route.device, analyte: route.analyte, level: route.level }} />;
    case "comparison":
      return <ComparisonPage id={route.device} />;
    case "review":
      return <ReviewPage />;
    case "override":
      return <OverridePage id={route.device} />;
    case "release":
      return <ReleasePage id={route.device} />;
    case "checks":
      return <ChecksPage />;
    case "check":
      return <CheckPage device={route.device} kind={route.kind} />;
    case "verify":
      return <VerifyPage id={route.device} />;
    case "staff":
      return <StaffPage />;
  }
}
