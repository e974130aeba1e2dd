/** Everything the technician's place looks like: what its pages share, then each page. */
import "./technician.css";
import "./fields.css";
import "./sign-in.css";
import "./profiles.css";
import "./doctor.css";
import "./live.css";
import "./quality.css";
import "./chart.css";
import "./proof.css";
import "./log.css";
import "./voice.css";
import "./offers.css";
